/** What stands in the documentation's code for resources and values of the reader's own program. */
export const readersNames = `
type Output<T> = import("@pulumi/pulumi").Output<T>;
type Resource = import("@pulumi/pulumi").Resource;
type Options = import("@pulumi/pulumi").CustomResourceOptions;

declare const instanceId: string, taskId: string, projectId: string, name: string, createdAfter: Date, wait: boolean;
declare const publicIpId: string;
declare const brokers: number, retention: number, a: string, b: string;
declare const reassignment: { jobId: Output<string> };
declare const binding: import("@pulumi/pulumi").CustomResource;
declare const configured: Resource, resize: Resource;
declare const error: unknown;
declare const emulator: import("pulumi-otc-background-task/emulator").Emulator;
declare const Check: new (name: string, args: { reassigned: Output<string | undefined> }) => Resource;
declare const otcQueue: Resource & { id: Output<string> }, huaweiStream: Resource & { id: Output<string> };
declare const Consumer: Operation, Resize: Operation, Topic: Operation;
interface Operation {
  new (name: string, args: { instanceId: string; brokers?: number }, opts?: Options): Resource;
}

// Vitest, and providers whose sleeps a reader may have.
declare module "vitest" {
  export const afterAll: typeof globalThis.afterAll, beforeAll: typeof globalThis.beforeAll;
  export const beforeEach: typeof globalThis.beforeEach, expect: typeof globalThis.expect, test: typeof globalThis.test;
}
declare namespace time {
  const Sleep: new (
    name: string,
    args: { createDuration: string; triggers: { [name: string]: string } },
    opts?: Options,
  ) => Resource;
}
declare namespace command.local {
  const Command: new (name: string, args: { create: string; triggers: string[] }, opts?: Options) => Resource;
}

// The provider that "pulumi package add terraform-provider" makes.
declare const args: { name: string };
declare namespace opentelekomcloud {
  const Provider: new (name: string, args: { cloud: string }) => import("@pulumi/pulumi").ProviderResource;
  const DmsDedicatedInstanceV2: new (name: string, args: object, opts?: Options) => Resource & { id: Output<string> };
}
`;
