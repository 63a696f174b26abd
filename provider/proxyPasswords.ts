import { rememberSecret } from "./secrets";

/** The proxy variables that axios reads may hold a password, which the text of an error could repeat. */
export function rememberProxyPasswords(env: { [name: string]: string | undefined } = process.env): void {
  for (const [name, value] of Object.entries(env)) {
    const password = /^(https?|all)_proxy$/i.test(name) ? /:([^:@/]+)@/.exec(value ?? "")?.[1] : undefined;
    if (password !== undefined) {
      rememberSecret(password);
      rememberSecret(decodedOrSame(password));
    }
  }
}

function decodedOrSame(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
