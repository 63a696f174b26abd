// The published entry `pulumi-otc-background-task/emulator`: a local service that behaves as DMS, DCS and IAM do.
export { startEmulator } from "./startEmulator";
export type { Emulator, EmulatorConnection } from "./emulatorTypes";
export type { EmulatorEvent, RequestRecord } from "./logTypes";
export type { EmulatorAccount, EmulatorOptions, EmulatorSettings } from "./optionTypes";
export type { Engine, NewInstance, NewTask, PlannedReply, ProgressStep, TaskSnapshot } from "./scenarioTypes";
