import { pace } from "./argumentShapes";
import { quote } from "../output/secrets";
import { ownNamespace } from "../settings/settingTable";

/** The arguments whose defaults a stack's configuration may set. */
export const stackDefaultNames = ["timeoutSeconds", "maxDelaySeconds"] as const;

type Name = (typeof stackDefaultNames)[number];

/** They apply where an argument is not set. A state never records them, or a change of them would change resources. */
export type StackDefaults = { [name in Name]?: number };

/** Where a stack's default is set, as part of a sentence. */
export function stackDefaultPlace(name: Name): string {
  return `${ownNamespace}:${name} in the Pulumi configuration`;
}

/** The defaults that are well-formed, and a sentence for each that is not. `readKey` reads a key of the namespace. */
export function readStackDefaults(readKey: (name: Name) => string | undefined): {
  defaults: StackDefaults;
  faults: string[];
} {
  const defaults: StackDefaults = {};
  const faults: string[] = [];
  for (const name of stackDefaultNames) {
    const text = readKey(name);
    // An empty value counts as not set, as with every other setting.
    if (text) {
      const { data, error } = pace[name].safeParse(asNumber(text));
      defaults[name] = data;
      faults.push(...(error?.issues ?? []).map(({ message }) => `${stackDefaultPlace(name)} ${message}`));
    }
  }
  return { defaults, faults };
}

/** The number; if it is none, the text, which the check then names. */
function asNumber(text: string): number | string {
  const number = text.trim() === "" ? NaN : Number(text);
  return Number.isNaN(number) ? quote(text) : number;
}
