import { inspect } from "node:util";
import { rememberSecret } from "../../provider/output/secrets";
import { documentedAnswer, loginRouteOf, type Issued } from "../answers/logins";
import { RecordingServer } from "../answers/recordingServer";
import { textsOfError } from "../observed/errorTexts";
import { printedBy } from "../observed/printed";
import type { Trial } from "../trials/trial";
import { withEnvironment } from "../waits/environment";
import { encodings, formsOfSecret } from "./encodings";
import { type Exchange, exchanges } from "./exchanges";
import { type SecretKind, secretKinds } from "./secretKinds";

let made = 0;

/**
 * Each secret x each encoding of an echo x each exchange that meets it. In each, every way out is searched for every form
 * of the secret: the error's message, stack, causes, properties and what `inspect` shows of it, what was printed (debug
 * log, progress, warnings), the result, and the reasons and the state of a resource.
 */
export function echoTrials(): Trial[] {
  return secretKinds.flatMap((kind) =>
    Object.entries(encodings).flatMap(([encoding, encode]) =>
      exchanges.map((exchange): Trial => ({
        name: `${kind.name}: ${encoding}: ${exchange.name}`,
        run: async () => {
          const secret = kind.make(++made);
          const isTrimmed = encoding === "trimmed" && kind.keepsSpace;
          await holdsFor(kind, isTrimmed ? ` ${secret} ` : secret, encode, exchange);
        },
      })),
    ),
  );
}

/** As `echoTrials`, where another secret is the beginning of the one that is echoed. */
export function prefixTrials(): Trial[] {
  return secretKinds
    .filter(({ name }) => !name.startsWith("a line"))
    .flatMap((kind) =>
      exchanges.map((exchange): Trial => ({
        name: `${kind.name}: with another secret as its beginning: ${exchange.name}`,
        run: async () => {
          const secret = `${kind.make(++made)}-and-more`;
          rememberSecret(secret.slice(0, -"-and-more".length));
          await holdsFor(kind, secret, (whole) => whole, exchange, ["and-more"]);
        },
      })),
    );
}

async function holdsFor(
  kind: SecretKind,
  secret: string,
  encode: (secret: string) => string,
  exchange: Exchange,
  rest: string[] = [],
): Promise<void> {
  const [instanceId, taskId] = [`3f1cd3a4-5a7e-4a5c-9b5e-${String(made).padStart(12, "0")}`, `task-${made}`];
  const template = JSON.stringify(exchange.echoes(encode(secret)));
  const answer = JSON.parse(
    template.replace('"TASK"', JSON.stringify(taskId)).replace('"INSTANCE"', JSON.stringify(instanceId)),
  ) as ReturnType<Exchange["echoes"]>;
  const issued: Issued = {
    token: `issued-token-${made}`,
    secretKey: `issued-secret-key-${made}`,
    securityToken: `issued-security-token-${made}`,
    ...kind.issued?.(secret),
  };
  const server = await RecordingServer.start((request) => {
    const route = loginRouteOf(request);
    return route ? documentedAnswer(route, server.url, "5a1e0c7d93b64f28b0d7f6e4a2c81935", issued) : answer;
  });
  const restore = withEnvironment({ ...kind.variables(secret, server.url), PULUMI_OTC_DEBUG: "1", HOME: "/nowhere" });
  try {
    const { printed, result, error } = await printedBy(() => exchange.ask({ instanceId, taskId }));
    const ofError = error === undefined ? {} : textsOfError(error);
    const texts: { [way: string]: string } = { printed, result: inspect(result, { depth: 20 }), ...ofError };
    const isQuoted = Object.values(texts).some((text) => text.includes("***"));
    if (!isQuoted && exchange.name !== kind.isUnquotedIn) {
      throw new Error(`the echo is nowhere, masked or not: ${JSON.stringify(texts).slice(0, 1000)}`);
    }
    for (const [way, text] of Object.entries(texts)) {
      const shown = [...formsOfSecret(secret), ...rest].find((form) => text.includes(form));
      if (shown !== undefined && !isKeptAsItCame(exchange, way)) {
        throw new Error(`${JSON.stringify(shown)} is in the ${way}: ${text.slice(0, 1000)}`);
      }
    }
  } finally {
    restore();
    await server.close();
  }
}

/** A task's own name, status and parameters stay in its record as the service sent them: SECURITY.md. */
function isKeptAsItCame({ name }: Exchange, way: string): boolean {
  return /parameters|unknown status/.test(name) && (way === "inspect" || way === "properties");
}
