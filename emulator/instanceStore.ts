/** The port for public access without SASL (Huawei Cloud, Kafka FAQ "Can I Modify the Port for Accessing a Kafka Instance?"). */
const PUBLIC_PORT = 9094;

export interface Instance {
  id: string;
  name: string;
  projectId: string;
  status: string;
  createdAtMs: number;
  userId: string;
  size: { productId: string; brokers: number; storageGigabytes: number };
  publicIp?: { ids: string; addresses: string };
}

export class InstanceStore {
  private byId = new Map<string, Instance>();

  add(instance: Instance): void {
    if (this.byId.has(instance.id)) {
      throw new Error(`There is an instance ${instance.id} already.`);
    }
    this.byId.set(instance.id, instance);
  }

  find(id: string): Instance | undefined {
    return this.byId.get(id);
  }

  ofProject(projectId: string): Instance[] {
    return [...this.byId.values()].filter((instance) => instance.projectId === projectId);
  }

  clear(): void {
    this.byId.clear();
  }
}

/**
 * The instance as the service shows it: field names and types of API page "Querying an Instance"; the address is there only
 * while it is bound. `kafka_public_status`: `closed` in OTC's sample, `true` when on (model of Huawei Cloud's .NET SDK).
 * `publicip_id` is no field of that page: invented for Kafka, RabbitMQ's instances have it.
 */
export function instanceBody(instance: Instance): { [field: string]: unknown } {
  const { publicIp, size } = instance;
  const publicStatus = publicIp === undefined ? "closed" : "true";
  const publicPorts = publicIp?.addresses.split(",").map((address) => `${address}:${PUBLIC_PORT}`);
  return {
    name: instance.name,
    engine: "kafka",
    engine_version: "2.7",
    type: "cluster",
    specification: `${size.productId.replace(/^c6/, "kafka")} * ${size.brokers} broker`,
    product_id: size.productId,
    broker_num: size.brokers,
    port: 9092,
    status: instance.status,
    instance_id: instance.id,
    charging_mode: 1,
    created_at: String(instance.createdAtMs),
    user_id: instance.userId,
    user_name: "paas_dms",
    connect_address: "192.168.0.61,192.168.0.72,192.168.0.100",
    partition_num: "750",
    storage_space: size.storageGigabytes,
    total_storage_space: size.storageGigabytes,
    used_storage_space: 25,
    retention_policy: "produce_reject",
    ssl_enable: false,
    enable_auto_topic: false,
    enable_publicip: publicIp !== undefined,
    kafka_public_status: publicStatus,
    public_access_enabled: publicStatus,
    public_boundwidth: 0,
    ...(publicIp !== undefined && {
      publicip_id: publicIp.ids,
      public_connect_address: publicPorts?.join(","),
    }),
  };
}
