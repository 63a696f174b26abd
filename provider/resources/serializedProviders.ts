import type * as pulumi from "@pulumi/pulumi";

// The SDK writes these objects, as text, into the state of every resource, twice. The text must be short and the same in
// every release: it only finds the package by name and copies its exports. The SDK calls `configure` first, on the object
// that it keeps. If the package is gone, the object stays without operations, which is enough to refresh and to destroy.
// An import would be captured by value, and so would code that the four share: each is written out.
/* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/no-unsafe-member-access */

type Lifecycle = Pick<typeof import("../lifecycles/taskLifecycle"), "configure">;
type ResourceProvider = pulumi.dynamic.ResourceProvider;

/** Of `BackgroundTask`. */
export const taskProvider = {
  configure: function (this: object, request: pulumi.dynamic.ConfigureRequest): unknown {
    try {
      return (Object.assign(this, require("pulumi-otc-background-task/lifecycle")) as Lifecycle).configure(request);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") {
        throw error;
      }
      return undefined;
    }
  },
} as unknown as ResourceProvider;

/** Of `BackgroundTask` with `deleteRecord: true`: only a missing package may silence its `delete`. */
export const deletingProvider = {
  configure: function (this: object, request: pulumi.dynamic.ConfigureRequest): unknown {
    try {
      require.resolve("pulumi-otc-background-task/lifecycle");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") {
        throw error;
      }
      return undefined;
    }
    return (Object.assign(this, require("pulumi-otc-background-task/lifecycle").deletingRecord) as Lifecycle).configure(
      request,
    );
  },
} as unknown as ResourceProvider;

/** Of the search for a task by its name. */
export const searchProvider = {
  configure: function (this: object, request: pulumi.dynamic.ConfigureRequest): unknown {
    try {
      return (Object.assign(this, require("pulumi-otc-background-task/lifecycle").search) as Lifecycle).configure(
        request,
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") {
        throw error;
      }
      return undefined;
    }
  },
} as unknown as ResourceProvider;

/** Of `QuietInstance`. */
export const barrierProvider = {
  configure: function (this: object, request: pulumi.dynamic.ConfigureRequest): unknown {
    try {
      return (Object.assign(this, require("pulumi-otc-background-task/lifecycle").barrier) as Lifecycle).configure(
        request,
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") {
        throw error;
      }
      return undefined;
    }
  },
} as unknown as ResourceProvider;
