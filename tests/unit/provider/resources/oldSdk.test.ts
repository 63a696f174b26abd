import * as pulumi from "@pulumi/pulumi";
import { quietInstanceHooks, retryWhileBusy } from "../../../../provider/resources/busyInstanceHooks";

it.each([
  ["quietInstanceHooks", quietInstanceHooks],
  ["retryWhileBusy", retryWhileBusy],
])("%s refuses an SDK without hooks for errors, at once", (_name, hooksOf) => {
  const sdk = pulumi as unknown as { ErrorHook?: unknown };
  const { ErrorHook } = sdk;
  delete sdk.ErrorHook;
  try {
    expect(() => hooksOf("orders", { instanceId: "i" })).toThrow(/need @pulumi\/pulumi 3\.218\.0 or later \(this is 3/);
  } finally {
    sdk.ErrorHook = ErrorHook;
  }
});
