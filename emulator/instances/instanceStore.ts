import type { Engine } from "./newInstance";

export interface Instance {
  id: string;
  engine: Engine;
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
      throw new Error(`The instance ${instance.id} already exists.`);
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
