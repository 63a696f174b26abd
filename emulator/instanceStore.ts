/** Kafka's port for public access in plaintext (user guide, "Configuring Kafka Public Access"). */
const PUBLIC_PORT = 9094;

export interface Instance {
  id: string;
  name: string;
  projectId: string;
  status: string;
  createdAtMs: number;
  userId: string;
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
 * The instance as the service shows it: field names and types of API page "Querying an Instance". `publicip_id` and
 * `publicip_address` are of the service's page on listing instances; the address is there only while it is bound.
 */
export function instanceBody(instance: Instance): { [field: string]: unknown } {
  const { publicIp } = instance;
  const publicPorts = publicIp?.addresses.split(",").map((address) => `${address}:${PUBLIC_PORT}`);
  return {
    name: instance.name,
    engine: "kafka",
    engine_version: "2.7",
    type: "cluster",
    specification: "kafka.2u4g.cluster * 3 broker",
    product_id: "c6.2u4g.cluster",
    port: 9092,
    status: instance.status,
    instance_id: instance.id,
    charging_mode: 1,
    created_at: String(instance.createdAtMs),
    user_id: instance.userId,
    user_name: "paas_dms",
    connect_address: "192.168.0.61,192.168.0.72,192.168.0.100",
    partition_num: "750",
    storage_space: 300,
    total_storage_space: 300,
    used_storage_space: 25,
    retention_policy: "produce_reject",
    ssl_enable: false,
    enable_auto_topic: false,
    enable_publicip: publicIp !== undefined,
    kafka_public_status: publicIp === undefined ? "closed" : "actived",
    public_access_enabled: publicIp === undefined ? "closed" : "actived",
    public_boundwidth: 0,
    ...(publicIp !== undefined && {
      publicip_id: publicIp.ids,
      publicip_address: publicIp.addresses,
      public_connect_address: publicPorts?.join(","),
    }),
  };
}
