import { SettingsError } from "../task/errors";

/**
 * A field of a setting that is an object, as Pulumi's configuration stores one: JSON text. Of a list, its first element's.
 *
 * @throws SettingsError if the text is not JSON of an object or a list.
 */
export function fieldOf(key: string, text: string, fields: readonly string[]): string | undefined {
  let value = parseJson(text);
  if (typeof value !== "object" || value === null) {
    throw new SettingsError(
      `${key} in the Pulumi configuration must be an object: set a field of it with pulumi config set --path '${key}.${fields.join(".")}'.`,
    );
  }
  for (const field of fields) {
    const single: unknown = Array.isArray(value) ? value[0] : value;
    value = typeof single === "object" && single !== null ? (single as { [name: string]: unknown })[field] : undefined;
  }
  return typeof value === "string" ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
