import type { Trial } from "../trials/trial";
import { encodings } from "./encodings";
import { type EngineAccount, type EngineTexts, runEngine, waysOutOfEngine } from "./engineRun";

const project = { OS_PROJECT_ID: "5a1e0c7d93b64f28b0d7f6e4a2c81935", OS_REGION_NAME: "eu-de" };
const at = (url: string) => ({ ...project, OS_AUTH_URL: `${url}/v3`, OS_DMS_ENDPOINT_OVERRIDE: url });
const agency = { OS_AGENCY_NAME: "agency", OS_AGENCY_DOMAIN_NAME: "OTC-2", OS_DELEGATED_PROJECT: "eu-de_other" };
const anyText = (what: string) => `p<ä>ss/wörd+ & "quo'te" \\d?${what}\u{1f511}`;
const headerText = (what: string) => `t<k>n/w+ & "quo'te" \\d?=${what}`;
const issued = {
  token: headerText("issued"),
  secretKey: headerText("issued-key"),
  securityToken: headerText("issued-st"),
};

const accounts: EngineAccount[] = [
  {
    name: "a password and a passcode, beside a proxy",
    secrets: {
      "the password": anyText("password"),
      "the passcode": anyText("passcode"),
      "the issued token": issued.token,
    },
    // The service is on this machine, and reached without it.
    unused: { "the password of a proxy": "proxy-password-of-secrets" },
    variables: (url) => ({
      ...at(url),
      OS_USER_ID: "deploy",
      OS_PASSWORD: anyText("password"),
      OS_PASSCODE: anyText("passcode"),
      HTTPS_PROXY: "http://user:proxy-password-of-secrets@127.0.0.1:9",
      NO_PROXY: "localhost,127.0.0.1",
    }),
    issued,
  },
  {
    name: "a temporary access key",
    secrets: { "the secret key": headerText("sk"), "the security token": headerText("st") },
    variables: (url) => ({
      ...at(url),
      OS_ACCESS_KEY: "AKOFSECRETS",
      OS_SECRET_KEY: headerText("sk"),
      OS_SECURITY_TOKEN: headerText("st"),
    }),
    issued,
  },
  {
    name: "a token",
    secrets: { "the token": headerText("token") },
    variables: (url) => ({ ...at(url), OS_TOKEN: headerText("token") }),
    issued,
  },
  {
    name: "an agency on top of an access key",
    secrets: {
      "the secret key": headerText("sk"),
      "the issued secret key": issued.secretKey,
      "the issued security token": issued.securityToken,
    },
    variables: (url) => ({ ...at(url), ...agency, OS_ACCESS_KEY: "AKOFSECRETS", OS_SECRET_KEY: headerText("sk") }),
    issued,
  },
];

/**
 * Each secret x each encoding x each way out of updates of a real engine. The trials of an account search what one run of
 * its updates printed and left, which is made when the first of them needs it.
 */
export function engineTrials(quick: boolean): Trial[] {
  return (quick ? accounts.slice(0, 1) : accounts).flatMap((account) => {
    let run: Promise<EngineTexts> | undefined;
    return Object.entries({ ...account.secrets, ...account.unused }).flatMap(([what, secret]) =>
      Object.entries(encodings).flatMap(([encoding, encode]) =>
        waysOutOfEngine.map((way): Trial => ({
          name: `engine, ${account.name}: ${what}: ${encoding}: ${way}`,
          run: async () => {
            const text = (await (run ??= runEngine(account)))[way];
            const form = encode(secret);
            const at = text.indexOf(form);
            if (at >= 0)
              throw new Error(`${JSON.stringify(form)} is in it: ${text.slice(Math.max(0, at - 300), at + 200)}`);
          },
        })),
      ),
    );
  });
}
