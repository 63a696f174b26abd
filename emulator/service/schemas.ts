import { z } from "zod";
import type { PlannedReply } from "../http/plannedReply";
import { ROUTE_NAMES } from "../http/routeNames";
import { ENGINE_NAMES } from "../instances/engines";
import type { NewInstance } from "../instances/newInstance";
import type { NewTask, ProgressStep } from "../tasks/newTask";
import { OPERATION_TASK_NAMES } from "../tasks/operationTasks";
import type { EmulatorOptions, EmulatorSettings } from "./options";

/** UUID with hyphens, of any version: the shape of an instance id. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The shape of a project id, and of most task ids. */
export const HEX_32 = /^[0-9a-f]{32}$/i;

// What crosses the public interface is checked here against the plain types that are published: the schema library's
// own types must not show in the declarations.
const seconds = z.number().nonnegative();
const hexId = z.string().regex(HEX_32, "must be 32 hex digits");
const uuid = z.string().regex(UUID, "must be a UUID with hyphens");
const taskId = z.string().refine((id) => HEX_32.test(id) || UUID.test(id), "must be 32 hex digits or a UUID");
const text = z.string().min(1);

export const progressSchema: z.ZodType<ProgressStep[]> = z.array(
  z.strictObject({
    status: z.string(),
    afterSeconds: seconds.optional(),
    afterLooks: z.number().int().nonnegative().optional(),
  }),
);

export const newTaskSchema: z.ZodType<NewTask> = z.strictObject({
  name: text,
  instanceId: uuid.optional(),
  id: taskId.optional(),
  progress: progressSchema.optional(),
  params: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  createdAt: z.iso.datetime({ offset: true }).optional(),
  visibleAfterSeconds: seconds.optional(),
  failReason: z.string().optional(),
  userName: z.string().optional(),
  userId: z.string().optional(),
});

export const newInstanceSchema: z.ZodType<NewInstance> = z.strictObject({
  instanceId: uuid.optional(),
  engine: z.enum(ENGINE_NAMES).optional(),
  name: text.optional(),
  projectId: hexId.optional(),
  status: text.optional(),
  publicAddress: text.optional(),
});

const ROUTES = `any, ${ROUTE_NAMES.join(", ")}`;

export const plannedReplySchema: z.ZodType<PlannedReply> = z.strictObject({
  route: z.enum(["any", ...ROUTE_NAMES], { error: (issue) => `${String(issue.input)} is none of ${ROUTES}` }),
  times: z.number().int().positive().optional(),
  status: z.number().int().min(200).max(599).optional(),
  code: text.optional(),
  message: z.string().optional(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  delaySeconds: seconds.max(3600).optional(),
  truncate: z.boolean().optional(),
  resetConnection: z.boolean().optional(),
});

const settings = {
  unknownTask: z.union([z.literal(200), z.literal(400), z.literal(404)]).optional(),
  listPaging: z.enum(["start", "offset", "both", "none", "all"]).optional(),
  taskCount: z.enum(["string", "number", "missing"]).optional(),
  listedAfterSeconds: seconds.optional(),
  statusLagSeconds: seconds.optional(),
  tokenLifetimeSeconds: seconds.optional(),
  tokenRefusals: z.enum(["service", "gateway"]).optional(),
  clockSkewSeconds: z.number().optional(),
  operations: z
    .strictObject(Object.fromEntries(OPERATION_TASK_NAMES.map((name) => [name, progressSchema.optional()])))
    .optional(),
};

/** The settings among the options. */
export function settingsOf(options: EmulatorOptions): EmulatorSettings {
  return Object.fromEntries(Object.entries(options).filter(([name]) => name in settings));
}

/** Undefined members are left out: they change nothing. */
export const settingsSchema: z.ZodType<EmulatorSettings> = z
  .strictObject(settings)
  .transform((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));

export const optionsSchema: z.ZodType<EmulatorOptions> = z.strictObject({
  ...settings,
  port: z.number().int().min(0).max(65535).optional(),
  region: text.optional(),
  account: z
    .strictObject({
      domainName: text.optional(),
      domainId: hexId.optional(),
      username: text.optional(),
      userId: hexId.optional(),
      password: text.optional(),
      requiresPasscode: z.boolean().optional(),
      accessKey: text.optional(),
      secretKey: text.optional(),
      projectName: text.optional(),
      projectId: hexId.optional(),
    })
    .optional(),
  instanceId: uuid.optional(),
  taskId: taskId.optional(),
  instances: z.array(newInstanceSchema).optional(),
  tasks: z.array(newTaskSchema).optional(),
  now: z.custom<() => number>((value) => typeof value === "function", "must be a function").optional(),
  log: z.custom<(line: string) => void>((value) => typeof value === "function", "must be a function").optional(),
});

/** The value, checked; otherwise an Error that names what it is and each field that is wrong. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const issues = result.error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "));
  throw new Error(`Not a valid ${what}: ${issues.join("; ")}`);
}
