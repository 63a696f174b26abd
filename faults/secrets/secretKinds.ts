import { selfSignedCertificate } from "../../tests/unit/provider/http/certificate";
import type { Issued } from "../answers/logins";

/** A secret that this package uses or is handed. */
export interface SecretKind {
  name: string;
  /** A value that differs from all others, with what each encoding escapes, as far as it may have it. */
  make(number: number): string;
  /** The variables with which it is used; the service listens at `url`. */
  variables(secret: string, url: string): { [name: string]: string };
  /** What IAM hands out, if it is that. */
  issued?(secret: string): Partial<Issued>;
  /** The exchange whose echo is not quoted, masked or not. */
  isUnquotedIn?: string;
  /** Whether white space around it is kept, and so may be trimmed by an echo. */
  keepsSpace?: true;
}

const anyText = (number: number) => `p<ä>ss/wörd+ & "quo'te" \\d?${number}\u{1f511}`;
// A header has only these.
const headerText = (number: number) => `t<k>n/w+ & "quo'te" \\d?=${number}end`;
const project = { OS_PROJECT_ID: "5a1e0c7d93b64f28b0d7f6e4a2c81935", OS_REGION_NAME: "eu-de" };
const at = (url: string) => ({ ...project, OS_AUTH_URL: `${url}/v3`, OS_DMS_ENDPOINT_OVERRIDE: url });
const unlike = (secret: string) => Buffer.from(secret).toString("hex").slice(-24);
const agency = { OS_AGENCY_NAME: "agency", OS_AGENCY_DOMAIN_NAME: "OTC-2", OS_DELEGATED_PROJECT: "eu-de_other" };
const user = (secret: string) => ({ OS_USER_ID: `user-${unlike(secret)}`, OS_PASSWORD: `password-${unlike(secret)}` });
const key = (secret: string) => ({ OS_ACCESS_KEY: `AK${unlike(secret)}`, OS_SECRET_KEY: `sk-${unlike(secret)}` });

let client: { key: string; cert: string } | undefined;

export const secretKinds: SecretKind[] = [
  {
    name: "a password",
    make: anyText,
    variables: (secret, url) => ({ ...at(url), OS_USER_ID: `user-${unlike(secret)}`, OS_PASSWORD: secret }),
    keepsSpace: true,
  },
  {
    name: "a passcode",
    make: anyText,
    variables: (secret, url) => ({ ...at(url), ...user(secret), OS_PASSCODE: secret }),
    // A passcode cannot be used again, so that the error only asks for a new one.
    isUnquotedIn: "a 401, to a function",
    keepsSpace: true,
  },
  { name: "a token", make: headerText, variables: (secret, url) => ({ ...at(url), OS_TOKEN: secret }), keepsSpace: true },
  {
    name: "a secret key",
    make: headerText,
    variables: (secret, url) => ({ ...at(url), OS_ACCESS_KEY: `AK${unlike(secret)}`, OS_SECRET_KEY: secret }),
    keepsSpace: true,
  },
  {
    name: "a security token",
    make: headerText,
    variables: (secret, url) => ({ ...at(url), ...key(secret), OS_SECURITY_TOKEN: secret }),
    keepsSpace: true,
  },
  {
    name: "a token that IAM issued",
    make: headerText,
    variables: (secret, url) => ({ ...at(url), ...user(secret) }),
    issued: (token) => ({ token }),
  },
  {
    name: "an agency's token",
    make: headerText,
    variables: (secret, url) => ({ ...at(url), ...user(secret), ...agency }),
    issued: (token) => ({ token }),
  },
  {
    name: "an agency's secret key",
    make: headerText,
    variables: (secret, url) => ({ ...at(url), ...key(secret), ...agency }),
    issued: (secretKey) => ({ secretKey }),
  },
  {
    name: "an agency's security token",
    make: headerText,
    variables: (secret, url) => ({ ...at(url), ...key(secret), ...agency }),
    issued: (securityToken) => ({ securityToken }),
  },
  {
    name: "a proxy's password",
    make: anyText,
    variables: (secret, url) => ({
      ...at("http://service.invalid"),
      OS_TOKEN: `token-${unlike(secret)}`,
      HTTP_PROXY: `http://user:${encodeURIComponent(secret)}@${new URL(url).host}`,
      PULUMI_OTC_ALLOW_HTTP: "true",
    }),
    keepsSpace: true,
  },
  {
    name: "a line of a client's key",
    make: () => (client ??= selfSignedCertificate()).key.split("\n")[1]!,
    variables: (secret, url) => ({ ...at(url), OS_TOKEN: `token-${unlike(secret)}`, OS_CERT: client!.cert, OS_KEY: client!.key }),
  },
]; // prettier-ignore
