import { quote } from "../output/secrets";

/** A connection that TLS will not secure however often it is tried: why, and what else to check, as the end of a sentence. */
interface TlsFault {
  reason: string;
  advice: string;
}

// By OpenSSL's own words (its err.h and the alerts of RFC 8446, section 6.2), which Node hands on in an error's code or
// message. What is not listed may pass, such as the alert internal_error; so may a connection that was cut.
const faults: [pattern: RegExp, TlsFault][] = [
  [
    /wrong version number|http request|packet length too long|record layer failure/,
    {
      reason: "what listens there speaks no TLS",
      advice: " and its port; only plain http there needs an address that begins with http://",
    },
  ],
  [
    /protocol version|unsupported protocol|version too low/,
    { reason: "it offers no TLS of version 1.2 or later", advice: "" },
  ],
  [
    /certificate required|bad certificate|unsupported certificate|certificate (revoked|expired|unknown)|unknown ca/,
    {
      reason: "it wants a client certificate, or refused the one that was shown",
      advice: ", and give a certificate and its key by OS_CERT and OS_KEY",
    },
  ],
  [
    /handshake failure|insufficient security|no shared cipher|no cipher|key too small/,
    {
      reason: "it wants a client certificate, or has no cipher in common with this machine",
      advice: ", and give a certificate and its key by OS_CERT and OS_KEY if it wants one",
    },
  ],
  [/unrecognized name/, { reason: "it does not know the host's name", advice: "" }],
];

/** Undefined when the error is none of TLS, or one that may pass. */
export function faultOfTls({ code = "", message }: NodeJS.ErrnoException): TlsFault | undefined {
  const [, ofMessage] = /SSL routines:[^:]*:([^:]+)/.exec(message) ?? [];
  const [, ofCode] = /^ERR_SSL_(.+)$/.exec(code) ?? [];
  const words = (ofMessage ?? ofCode)?.toLowerCase().replaceAll("_", " ");
  const [, fault] = (words && faults.find(([pattern]) => pattern.test(words))) || [];
  return fault && { ...fault, reason: `${fault.reason} (${quote(words!)})` };
}
