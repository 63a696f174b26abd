/**
 * A local service that behaves as DMS, DCS and IAM do, for your own tests.
 *
 * @module pulumi-otc-background-task/emulator
 */
export { startEmulator } from "./startEmulator";
export type { Emulator, EmulatorConnection } from "./service/emulator";
export type { RequestRecord } from "./http/requestLog";
export type { EmulatorEvent } from "./tasks/taskEvent";
export type { EmulatorAccount } from "./accounts/account";
export type { EmulatorOptions, EmulatorSettings } from "./service/options";
export type { PlannedReply } from "./http/plannedReply";
export type { Engine, NewInstance } from "./instances/newInstance";
export type { NewTask, ProgressStep } from "./tasks/newTask";
export type { TaskSnapshot } from "./tasks/taskSnapshot";
