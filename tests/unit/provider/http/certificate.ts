import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A certificate that nobody trusts, for 127.0.0.1 and a host, and its key; PEM. */
export function selfSignedCertificate(host = "dms.example.test"): { key: string; cert: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "certificate-"));
  try {
    const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
    const request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1";
    const names = ["-addext", `subjectAltName=IP:127.0.0.1,DNS:${host}`];
    execFileSync("openssl", [...request.split(" "), ...names, "-keyout", key, "-out", cert], { stdio: "ignore" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
