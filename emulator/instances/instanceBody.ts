import { isoMilliseconds } from "../clock/clock";
import type { Instance } from "./instanceStore";

type Body = { [field: string]: unknown };

/** The port for public access without SASL (Huawei Cloud, Kafka FAQ "Can I Modify the Port for Accessing a Kafka Instance?"). */
const PUBLIC_PORT = 9094;

/** The instance as its service shows it. */
export function instanceBody(instance: Instance): Body {
  switch (instance.engine) {
    case "kafka":
      return { ...dmsBody(instance), ...kafkaBody(instance) };
    case "rabbitmq":
      return {
        ...dmsBody(instance),
        ...publicAddress(instance),
        engine: "rabbitmq",
        engine_version: "3.8.35",
        port: 5672,
      };
    case "rocketmq":
      // `reliability` is the engine's other name, and the one in the sample of API page "Querying an Instance".
      return { ...dmsBody(instance), ...publicAddress(instance), engine: "reliability", engine_version: "5.x" };
    case "dcs":
      return dcsBody(instance);
  }
}

/** Field names and types that the pages "Querying an Instance" of Kafka, RabbitMQ and RocketMQ share. */
function dmsBody(instance: Instance): Body {
  const { size } = instance;
  return {
    name: instance.name,
    type: "cluster",
    product_id: size.productId,
    broker_num: size.brokers,
    status: instance.status,
    instance_id: instance.id,
    charging_mode: 1,
    created_at: String(instance.createdAtMs),
    user_id: instance.userId,
    user_name: "paas_dms",
    storage_space: size.storageGigabytes,
    total_storage_space: size.storageGigabytes,
    used_storage_space: 25,
    ssl_enable: false,
    enable_publicip: instance.publicIp !== undefined,
  };
}

/**
 * The address is there only while it is bound. `kafka_public_status`: `closed` in OTC's sample, `true` when on (model of
 * Huawei Cloud's .NET SDK). `publicip_id` is no field of Kafka's page: invented for Kafka, its sisters have it.
 */
function kafkaBody({ publicIp, size }: Instance): Body {
  const publicStatus = publicIp === undefined ? "closed" : "true";
  const publicPorts = publicIp?.addresses.split(",").map((address) => `${address}:${PUBLIC_PORT}`);
  return {
    engine: "kafka",
    engine_version: "2.7",
    specification: `${size.productId.replace(/^c6/, "kafka")} * ${size.brokers} broker`,
    port: 9092,
    connect_address: "192.168.0.61,192.168.0.72,192.168.0.100",
    partition_num: "750",
    retention_policy: "produce_reject",
    enable_auto_topic: false,
    kafka_public_status: publicStatus,
    public_access_enabled: publicStatus,
    public_boundwidth: 0,
    ...(publicIp !== undefined && {
      publicip_id: publicIp.ids,
      public_connect_address: publicPorts?.join(","),
    }),
  };
}

/** RabbitMQ's and RocketMQ's fields for it. */
function publicAddress({ publicIp }: Instance): Body {
  return publicIp === undefined ? {} : { publicip_id: publicIp.ids, publicip_address: publicIp.addresses };
}

/** Fields and types of DCS API page "Querying a DCS Instance". */
function dcsBody(instance: Instance): Body {
  const { publicIp } = instance;
  return {
    instance_id: instance.id,
    name: instance.name,
    engine: "Redis",
    engine_version: "5.0",
    status: instance.status,
    cache_mode: "ha",
    capacity: 0,
    capacity_minor: ".125",
    ip: "192.168.0.251",
    port: 6379,
    charging_mode: 0,
    created_at: isoMilliseconds(instance.createdAtMs),
    user_id: instance.userId,
    user_name: "clouduser",
    enable_ssl: false,
    enable_publicip: publicIp !== undefined,
    publicip_id: publicIp?.ids ?? null,
    publicip_address: publicIp?.addresses ?? null,
  };
}
