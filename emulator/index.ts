// The published entry `pulumi-otc-background-task/emulator`: a local service that behaves as DMS, DCS and IAM do.
export { startEmulator } from "./startEmulator";
export type { Emulator, EmulatorConnection } from "./service/emulator";
export type { EmulatorEvent, RequestRecord } from "./http/requestRecord";
export type { EmulatorAccount, EmulatorOptions, EmulatorSettings } from "./service/options";
export type { Engine, NewInstance, NewTask, PlannedReply, ProgressStep, TaskSnapshot } from "./tasks/newTask";
