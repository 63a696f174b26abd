import type { Engine } from "./newInstance";

export interface Instance {
  id: string;
  engine: Engine;
  name: string;
  projectId: string;
  status: string;
  /** The status that comes next, and from when on by the emulator's clock. */
  nextStatus?: { status: string; fromMs: number };
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

  /** Takes every instance to where it is now. */
  advanceAll(nowMs: number): void {
    for (const instance of this.byId.values()) {
      if (instance.nextStatus !== undefined && instance.nextStatus.fromMs <= nowMs) {
        instance.status = instance.nextStatus.status;
        delete instance.nextStatus;
      }
    }
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
