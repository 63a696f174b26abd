import { randomUUID } from "node:crypto";
import { z } from "zod";
import { parseBody } from "../http/requestBody";
import type { Instance } from "../instances/instanceStore";
import type { Service } from "../service/service";
import { begin, requireIdle } from "./operations";

/** Fields and answers of API page "Initiating Partition Reassigning for a Kafka Instance". */
const reassignmentSchema = z.object({
  reassignments: z
    .array(
      z
        .object({
          topic: z.string().min(1),
          brokers: z.array(z.number().int().nonnegative()).optional(),
          replication_factor: z.number().int().positive().optional(),
          assignment: z.array(z.object({ partition: z.number(), partition_brokers: z.array(z.number()) })).optional(),
        })
        .refine(({ brokers, assignment }) => (brokers ?? []).length > 0 || (assignment ?? []).length > 0),
    )
    .min(1),
  throttle: z.number().int().optional(),
  time_estimate: z.boolean().optional(),
  is_schedule: z.literal(false).optional(), // scheduled tasks are another list, and not served
});

/** Moves partitions, or only estimates how long that would take. */
export function reassignPartitions(service: Service, instance: Instance, body: unknown): { [field: string]: unknown } {
  const { reassignments, time_estimate } = parseBody(reassignmentSchema, body);
  if (time_estimate === true) {
    requireIdle(service, instance);
    return { reassignment_time: 10 }; // seconds, as in the page's sample
  }
  // The form, a list that is no JSON, is that of the sample in OTC's RocketMQ API reference.
  const topics = reassignments.map(({ topic }) => topic).join(", ");
  const params = { reassignment_topics: `[${topics}]` };
  return { job_id: begin(service, instance, { task: "reassignPartitions", params }) };
}

/** Fields and answer of API page "Modifying Instance Configurations". */
const configsSchema = z.object({
  kafka_configs: z.array(z.object({ name: z.string().min(1), value: z.string() })).min(1),
});

/** Parameters that take a restart: those of the page's sample. That all others are dynamic is invented. */
const STATIC_CONFIGS: ReadonlySet<string> = new Set(["connections.max.idle.ms", "log.retention.hours"]);

export function modifyConfigs(service: Service, instance: Instance, body: unknown): { [field: string]: unknown } {
  const { kafka_configs: configs } = parseBody(configsSchema, body);
  const params = Object.fromEntries(configs.map(({ name, value }) => [name, value]));
  const jobId = begin(service, instance, { task: "kafkaConfigModify", params });
  const staticCount = configs.filter(({ name }) => STATIC_CONFIGS.has(name)).length;
  return { job_id: jobId, dynamic_config: configs.length - staticCount, static_config: staticCount };
}

/** No job id is answered with, here as in the service: only the list of tasks tells. */
export function restart(service: Service, instance: Instance): void {
  begin(service, instance, {
    task: "restartInstance",
    params: {},
    instanceStatus: { meanwhile: "RESTARTING", afterFailure: "ERROR" },
  });
}

/** Fields and answer of API page "Increasing Instance Specifications". */
const extensionSchema = z.discriminatedUnion("oper_type", [
  z.object({ oper_type: z.literal("storage"), new_storage_space: z.number().int().positive() }),
  z.object({
    oper_type: z.literal("horizontal"),
    new_storage_space: z.number().int().positive(),
    new_broker_num: z.number().int().positive(),
  }),
  z.object({ oper_type: z.literal("vertical"), new_product_id: z.string().min(1) }),
]);

export function extend(service: Service, instance: Instance, body: unknown): { [field: string]: unknown } {
  const wanted = parseBody(extensionSchema, body);
  const { size } = instance;
  const jobId = begin(service, instance, {
    task: "extendInstance",
    taskId: randomUUID(), // with hyphens, as in the page's sample
    params: wanted,
    instanceStatus: { meanwhile: "EXTENDING", afterFailure: "EXTENDEDFAILED" },
    onSuccess: () => {
      if (wanted.oper_type === "vertical") {
        size.productId = wanted.new_product_id;
      } else {
        size.storageGigabytes = wanted.new_storage_space;
      }
      if (wanted.oper_type === "horizontal") {
        size.brokers = wanted.new_broker_num;
      }
    },
  });
  return { job_id: jobId };
}
