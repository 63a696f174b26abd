import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { getBackgroundTask } from "../../../provider/functions/getBackgroundTask";
import { getBackgroundTasks } from "../../../provider/functions/getBackgroundTasks";
import { getQuietInstance } from "../../../provider/functions/getQuietInstance";
import { proxyTo } from "../../../provider/http/proxy";
import { BackgroundTask } from "../../../provider/resources/backgroundTask";
import { quietInstanceHooks } from "../../../provider/resources/busyInstanceHooks";
import { jsonInput } from "../../../provider/resources/jsonInput";
import { checkOwnDependency } from "../../../provider/resources/ownDependency";
import { readSettings } from "../../../provider/settings/settings";
import type { Producer } from "./producedMessage";
import { type Environment, lookWith } from "./settingsOfUsers";

// What is wrong with arguments, settings and programs before anything is sent.

const place = { OS_REGION_NAME: "eu-de", OS_PROJECT_NAME: "eu-de_shop" };
const user = { OS_USERNAME: "deploy", OS_PASSWORD: "secret", OS_USER_DOMAIN_NAME: "domain" };

/** Settings with this environment, and these files in the working folder. */
function settingsWith(env: Environment, clouds?: string): void {
  const cwd = mkdtempSync(path.join(tmpdir(), "settings-"));
  try {
    if (clouds !== undefined) {
      writeFileSync(path.join(cwd, "clouds.yaml"), clouds);
    }
    readSettings({}, () => undefined, env, { cwd, home: cwd });
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function withoutErrorHooks(): void {
  const sdk = pulumi as unknown as { ErrorHook?: unknown };
  const { ErrorHook } = sdk;
  delete sdk.ErrorHook;
  try {
    quietInstanceHooks("orders", { instanceId: "i" });
  } finally {
    sdk.ErrorHook = ErrorHook;
  }
}

/** In a folder that a language host runs a program in, and which does not have the package. */
function outsideOfThePackage(): void {
  jest.spyOn(process, "cwd").mockReturnValue(path.parse(process.cwd()).root);
  process.env["PULUMI_NODEJS_PROJECT"] = "shop";
  checkOwnDependency();
}

const instanceId = "instance";

export const messagesOfPrograms: [entry: string, what: string, produce: Producer][] = [
  ["InvalidArgumentError", "no task", () => getBackgroundTask({ instanceId } as never)],
  [
    "InvalidArgumentError",
    "two tasks",
    () => getBackgroundTask({ instanceId, taskId: "t", name: "n", wait: false } as never),
  ],
  ["InvalidArgumentError", "a misspelled argument", () => getBackgroundTasks({ instanceID: "i", instanceId } as never)],
  ["InvalidArgumentError", "an id that is none", () => getBackgroundTask({ instanceId: "a/b", taskId: "t" })],
  ["InvalidArgumentError", "a required argument", () => getBackgroundTasks({} as never)],
  ["InvalidArgumentError", "a value of another type", () => getQuietInstance({ instanceId, failOnError: 1 } as never)],
  ["InvalidArgumentError", "a name without a time", () => getBackgroundTask({ instanceId, name: "bind" } as never)],
  ["InvalidArgumentError", "a time without a zone", () => getBackgroundTasks({ instanceId, createdAfter: "today" })],
  ["SettingsError", "no credentials", () => settingsWith(place)],
  ["SettingsError", "half of a key", () => settingsWith({ ...place, OS_ACCESS_KEY: "AK" })],
  ["SettingsError", "no project", () => settingsWith({ ...user, OS_REGION_NAME: "eu-de" })],
  ["SettingsError", "no region", () => settingsWith({ ...user, OS_PROJECT_ID: "0".repeat(32) })],
  ["SettingsError", "another region's project", () => settingsWith({ ...user, ...place, OS_REGION_NAME: "eu-nl" })],
  ["SettingsError", "two clouds", () => settingsWith({ ...user, ...place, HW_ACCESS_KEY: "AK", HW_SECRET_KEY: "SK" })],
  [
    "SettingsError",
    "an address without TLS",
    () => settingsWith({ ...user, ...place, OS_AUTH_URL: "http://iam.test" }),
  ],
  ["SettingsError", "a number that is none", () => settingsWith({ ...user, ...place, OS_REQUEST_TIMEOUT: "soon" })],
  [
    "SettingsError",
    "a default of the stack",
    () => {
      pulumi.runtime.setConfig("otc-background-task:timeoutSeconds", "soon");
      return getBackgroundTasks({ instanceId }).finally(() => pulumi.runtime.setAllConfig({}));
    },
  ],
  ["SettingsError", "no clouds.yaml", () => settingsWith({ OS_CLOUD: "shop" })],
  ["SettingsError", "no entry", () => settingsWith({ OS_CLOUD: "shop" }, "clouds: { other: { region_name: eu-de } }")],
  ["SettingsError", "a file that is no YAML", () => settingsWith({ OS_CLOUD: "shop" }, "clouds: {")],
  [
    "SettingsError",
    "a proxy that is none",
    () => proxyTo("https://dms.example.test", { HTTPS_PROXY: "socks5://proxy.test:1080" }),
  ],
  [
    "SettingsError",
    "a project that is not there",
    (cloud) =>
      lookWith(cloud, {
        OS_ACCESS_KEY: cloud.accessKey,
        OS_SECRET_KEY: cloud.secretKey,
        OS_PROJECT_ID: "",
        OS_PROJECT_NAME: "eu-de_other",
      }),
  ],
  ["A shared library depends on the package, the program does not", "", outsideOfThePackage],
  ["Hooks need a newer Pulumi", "", withoutErrorHooks],
  [
    "Two hooks have the same name",
    "",
    () => {
      jest.spyOn(pulumi.runtime, "getMonitor").mockReturnValue({} as never);
      quietInstanceHooks("orders", { instanceId });
      quietInstanceHooks("orders", { instanceId });
    },
  ],
  ["A trigger is not JSON", "", () => jsonInput([new Map()], "triggers")],
  [
    "deleteRecord is an Output",
    "",
    () => new BackgroundTask("bound", { instanceId, taskId: "t", deleteRecord: pulumi.output(true) } as never),
  ],
];
