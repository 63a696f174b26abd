const longestIdentifier = 128;

/**
 * What is wrong with an identifier that is to become a segment of a URL's path, as the end of a sentence; undefined when
 * nothing is. Identifiers are opaque: the service uses UUIDs, 32 hexadecimal digits and names.
 */
export function faultOfIdentifier(value: string): string | undefined {
  if (value === "") {
    return "must not be empty";
  }
  if (value.length > longestIdentifier) {
    return `must not be longer than ${longestIdentifier} characters, but has ${value.length}`;
  }
  if (!/^[A-Za-z0-9\-._~]+$/.test(value) || value === "." || value === "..") {
    return `must consist of letters, digits and "-", ".", "_" or "~", but is ${JSON.stringify(value)}`;
  }
  return undefined;
}

/** Returns the identifier, or throws an error whose message is the end of a sentence. */
export function checkIdentifier(value: string): string {
  const fault = faultOfIdentifier(value);
  if (fault) {
    throw new Error(fault);
  }
  return value;
}
