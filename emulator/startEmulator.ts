import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { controlRoutes } from "./routes/controlRoutes";
import { dcsRoutes } from "./routes/dcsRoutes";
import { iamRoutes } from "./routes/iamRoutes";
import { instanceRoutes } from "./routes/instanceRoutes";
import { operationRoutes } from "./routes/operationRoutes";
import { taskRoutes } from "./routes/taskRoutes";
import { makeApplication } from "./server/application";
import { Pauses } from "./server/pauses";
import { connectionTo } from "./service/connection";
import type { Emulator } from "./service/emulator";
import type { EmulatorOptions } from "./service/options";
import { optionsSchema, parseInput, plannedReplySchema } from "./service/schemas";
import { Service } from "./service/service";

/**
 * Starts a service on 127.0.0.1 that behaves as Open Telekom Cloud's DMS, DCS and IAM do: for demos, and for tests of
 * anything that talks to them. Resolves when it listens.
 *
 * @param options All optional; see EmulatorOptions.
 * @throws Error that names the option, if one is malformed or unknown, or if the port is in use.
 * @example
 * const emulator = await startEmulator();
 * Object.assign(process.env, emulator.env);
 * const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "SUCCESS", afterSeconds: 2 }] });
 * // ... run what waits for taskId ...
 * await emulator.close();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const checked = parseInput(optionsSchema, options, "emulator option");
  const service = new Service(checked);
  const pauses = new Pauses();
  // As long as gateways do: shorter than a client's pause, and its next request meets a closed connection.
  const server = createServer({ keepAliveTimeout: 60_000 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(checked.port ?? 0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const emulator: Emulator = {
    ...connectionTo(service, url),
    addTask: (task) => service.addTask(task),
    setTaskProgress: (taskId, progress) => service.setTaskProgress(taskId, progress),
    removeTask: (taskId) => service.tasks.remove(taskId),
    tasks: () => service.tasks.snapshots(),
    addInstance: (instance = {}) => service.addInstance(instance),
    replyNext: (reply) => service.replies.add(parseInput(plannedReplySchema, reply, "planned reply")),
    configure: (settings) => service.configure(settings),
    expireTokens: () => {
      service.tokens.expireAll();
      service.keys.expireAll();
    },
    revokeAccessKey: () => service.keys.revoke(),
    passcode: () => service.passcodes.current(),
    issueTemporaryKey: (lifetimeSeconds = 900) => {
      const { accessKey, secretKey, securityToken } = service.keys.issue("account", lifetimeSeconds);
      return { accessKey, secretKey, securityToken };
    },
    requests: () => service.log.requests(),
    counts: () => service.log.counts(),
    events: () => service.tasks.events(),
    now: () => service.clock.nowMs(),
    reset: () => service.reset(),
    close: () => {
      pauses.dropAll();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
  const application = makeApplication({
    service,
    serviceRoutes: [
      ...iamRoutes(service, () => url),
      ...instanceRoutes(service),
      ...operationRoutes(service),
      ...taskRoutes(service),
      ...dcsRoutes(service),
    ],
    controlRoutes: controlRoutes(emulator),
    pause: (seconds) => pauses.wait(seconds),
    log: checked.log ?? (() => undefined),
  });
  server.on("request", (request, response) => void application(request, response));
  return emulator;
}
