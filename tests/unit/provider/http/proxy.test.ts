import { proxyTo } from "../../../../provider/http/proxy";
import { quote } from "../../../../provider/output/secrets";

const service = "https://dms.eu-de.otc.t-systems.com/v2";
const throughProxy = (url: string, noProxy: string) =>
  proxyTo(url, { HTTPS_PROXY: "http://proxy.test:3128", HTTP_PROXY: "http://proxy.test:3128", NO_PROXY: noProxy });

describe("the proxy", () => {
  it.each([
    ["http://proxy.test:3128", "http:", "proxy.test", 3128],
    ["proxy.test:3128", "http:", "proxy.test", 3128],
    ["proxy.test", "http:", "proxy.test", 80],
    ["localhost:3128", "http:", "localhost", 3128],
    ["10.0.0.1:3128", "http:", "10.0.0.1", 3128],
    ["[fd00::1]:3128", "http:", "fd00::1", 3128],
    ["https://proxy.test", "https:", "proxy.test", 443],
  ])("of HTTPS_PROXY=%s", (text, protocol, host, port) => {
    expect(proxyTo(service, { HTTPS_PROXY: text })).toEqual({ protocol, host, port, variable: "HTTPS_PROXY" });
  });

  it("has its user and password from the URL, decoded, and its password is a secret", () => {
    const proxy = proxyTo(service, { HTTPS_PROXY: "http://m%40e:p%40ss-of-this@proxy.test" });
    expect(proxy).toMatchObject({ host: "proxy.test", auth: { username: "m@e", password: "p@ss-of-this" } });
    expect(quote("p@ss-of-this p%40ss-of-this bUBlOnBAc3Mtb2YtdGhpcw==")).toBe("*** *** ***");
  });

  it.each([
    ["HTTPS_PROXY before ALL_PROXY", { HTTPS_PROXY: "a:1", ALL_PROXY: "b:1" }, "HTTPS_PROXY"],
    ["capitals before small letters", { HTTPS_PROXY: "a:1", https_proxy: "b:1" }, "HTTPS_PROXY"],
    ["small letters", { https_proxy: "a:1" }, "https_proxy"],
    ["ALL_PROXY where the other is empty", { HTTPS_PROXY: "", ALL_PROXY: "b:1" }, "ALL_PROXY"],
    ["all_proxy", { all_proxy: "b:1" }, "all_proxy"],
  ])("is of %s, and an error names that variable", (_what, env, variable) => {
    expect(proxyTo(service, env)?.variable).toBe(variable);
    const broken = Object.fromEntries(
      Object.keys(env).map((name) => [name, env[name as keyof typeof env] && "socks5://a:1"]),
    );
    expect(() => proxyTo(service, broken)).toThrow(
      `${variable} in the environment must name an HTTP proxy, such as "http://host:port" or "host:port".`,
    );
  });

  it("of HTTPS_PROXY is not one for plain http, nor the other way round", () => {
    expect(proxyTo("http://dms.test", { HTTPS_PROXY: "a:1" })).toBeUndefined();
    expect(proxyTo(service, { HTTP_PROXY: "a:1" })).toBeUndefined();
    expect(proxyTo("http://dms.test", { HTTP_PROXY: "a:1" })?.host).toBe("a");
  });

  it.each(["https://localhost:8080", "https://127.0.0.1", "https://127.9.9.9", "https://[::1]:8080"])(
    "is not used for %s, which is this machine",
    (url) => expect(throughProxy(url, "")).toBeUndefined(),
  );
});

// Source of the rules, and of most cases: proxy.go and proxy_test.go of golang.org/x/net/http/httpproxy.
describe("NO_PROXY", () => {
  it.each([
    ["*", service],
    ["other.test, *", service],
    ["otc.t-systems.com", service],
    ["OTC.T-Systems.com", service],
    ["dms.eu-de.otc.t-systems.com", service],
    [".otc.t-systems.com", service],
    ["*.otc.t-systems.com", service],
    ["other.test,otc.t-systems.com", service],
    ["other.test otc.t-systems.com", service],
    ["otc.t-systems.com:443", service],
    ["otc.t-systems.com:8443", "https://dms.otc.t-systems.com:8443"],
    ["bücher.test", "https://dms.xn--bcher-kva.test"],
    ["otc.t-systems.com", "https://dms.eu-de.otc.t-systems.com./v2"],
    ["192.168.1.1", "https://192.168.1.1"],
    ["192.168.1.1:8443", "https://192.168.1.1:8443"],
    ["192.168.0.0/16", "https://192.168.200.7"],
    ["10.0.0.0/8", "http://10.1.2.3:8080"],
    ["fd00::1", "https://[fd00::1]"],
    ["[fd00::1]", "https://[fd00::1]"],
    ["[fd00::1]:8443", "https://[fd00::1]:8443"],
    ["FD00:0:0::1", "https://[fd00::1]"],
    ["fd00::/8", "https://[fd12:3456::1]"],
    ["10.0.0.0/8", "https://[::ffff:10.1.2.3]"],
  ])("%s excepts %s", (noProxy, url) => expect(throughProxy(url, noProxy)).toBeUndefined());

  it.each([
    ["", service],
    [",, ,", service],
    ["t-systems.co", service],
    ["systems.com", service],
    [".dms.eu-de.otc.t-systems.com", service],
    ["*.dms.eu-de.otc.t-systems.com", service],
    ["otc.t-systems.com:8443", service],
    [":443", service],
    ["192.168.1.1", "https://192.168.1.11"],
    ["192.168.1.1:8443", "https://192.168.1.1"],
    ["192.168.0.0/16", "https://192.169.0.1"],
    ["192.168.0.0/33", "https://192.168.0.1"],
    ["192.168.0.0/16", "https://dms.192.168.0.0.test"],
    ["fd00::/8", "https://[fe80::1]"],
    ["fd00::1", "https://[fd00::2]"],
    ["otc.t-systems.com/24", service],
  ])("%s does not except %s", (noProxy, url) => expect(throughProxy(url, noProxy)).toMatchObject({ port: 3128 }));

  it("may be spelt in small letters", () => {
    expect(proxyTo(service, { HTTPS_PROXY: "a:1", no_proxy: "t-systems.com" })).toBeUndefined();
  });
});
