import { quote } from "../output/secrets";

/** Why TLS will fail however often it is retried, and what else to check, as the end of a sentence. */
interface TlsFault {
  reason: string;
  advice: string;
}

// Texts of OpenSSL (its err.h and the alerts of RFC 8446, section 6.2), which Node puts into an error's code or message.
// Faults that are not listed may be temporary, such as the alert internal_error or a closed connection.
const faults: [pattern: RegExp, TlsFault][] = [
  [
    /wrong version number|http request|packet length too long|record layer failure/,
    {
      reason: "the port does not use TLS",
      advice: " and its port; for plain http, use an address that begins with http://",
    },
  ],
  [
    /protocol version|unsupported protocol|version too low/,
    { reason: "it does not support TLS 1.2 or later", advice: "" },
  ],
  [
    /certificate required|bad certificate|unsupported certificate|certificate (revoked|expired|unknown)|unknown ca/,
    {
      reason: "it requires a client certificate, or refused the one that was sent",
      advice: ", and set OS_CERT and OS_KEY to a certificate and its key",
    },
  ],
  [
    /handshake failure|insufficient security|no shared cipher|no cipher|key too small/,
    {
      reason: "it requires a client certificate, or has no cipher in common with this machine",
      advice: ", and set OS_CERT and OS_KEY to a certificate and its key if it requires one",
    },
  ],
  [/unrecognized name/, { reason: "it does not know the host's name", advice: "" }],
];

/** Undefined if the error is not about TLS, or may be temporary. */
export function faultOfTls({ code = "", message }: NodeJS.ErrnoException): TlsFault | undefined {
  const [, ofMessage] = /SSL routines:[^:]*:([^:]+)/.exec(message) ?? [];
  const [, ofCode] = /^ERR_SSL_(.+)$/.exec(code) ?? [];
  const words = (ofMessage ?? ofCode)?.toLowerCase().replaceAll("_", " ");
  const [, fault] = (words && faults.find(([pattern]) => pattern.test(words))) || [];
  return fault && { ...fault, reason: `${fault.reason} (${quote(words!)})` };
}
