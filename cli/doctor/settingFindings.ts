import { proxyTo } from "../../provider/http/proxy";
import { describeProxy } from "../../provider/http/proxy";
import { endpointOf, needsCatalog } from "../../provider/identity/serviceCatalog";
import type { Settings } from "../../provider/settings/settings";
import { services, type ServiceName } from "../../provider/task/services";
import { type Finding, notChecked, ok, warning } from "./finding";

/** Where each setting was found, and what follows from them; secrets by place alone. */
export function settingFindings(settings: Settings, stack: string | undefined): Finding[] {
  const { origins = [] } = settings;
  return [
    stack === undefined
      ? notChecked("configuration", "no stack's configuration was read: name one with --stack, in the program's folder")
      : ok("configuration", `of stack ${stack} was read`),
    ...origins.map((origin) => ok("setting", origin)),
  ];
}

/** How requests reach the service. */
export function connectionFindings(settings: Settings, service: ServiceName): Finding[] {
  const { api } = services[service];
  const { region, authUrl, connection = {} } = settings;
  const address = needsCatalog(settings, api) ? undefined : endpointOf(api, settings, undefined);
  const proxy = proxyTo(address ?? authUrl ?? "");
  return [
    ok("region", region ?? "none, which the settings do not need"),
    ok(`address of ${api.toUpperCase()}`, address ?? "from the service catalog"),
    ok("address of IAM", authUrl ?? "none, which the settings do not need"),
    ok("proxy", proxy ? describeProxy(proxy) : "none"),
    connection.insecure
      ? warning(
          "certificates",
          "are not verified",
          "Remove insecure, and set OS_CACERT if the service's authority is your own.",
        )
      : ok(
          "certificates",
          connection.caCert
            ? "verified with the authorities of the setting caCert"
            : "verified with Node's authorities",
        ),
  ];
}
