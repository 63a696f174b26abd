import { describeProxy, proxyTo } from "../../provider/http/proxy";
import { endpointOf, needsCatalog } from "../../provider/identity/serviceCatalog";
import type { Settings } from "../../provider/settings/settings";
import { services, type ServiceName } from "../../provider/task/services";
import { faultOf, type Finding, notChecked, ok, warning } from "./finding";

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
  const ofApi = needsCatalog(settings, api)
    ? undefined
    : checked(`address of ${api.toUpperCase()}`, () => endpointOf(api, settings, undefined));
  const reached = ofApi?.state === "ok" ? ofApi.text : authUrl;
  return [
    ok("region", region ?? "none, which the settings do not need"),
    ofApi ?? ok(`address of ${api.toUpperCase()}`, "from the service catalog"),
    ok("address of IAM", authUrl ?? "none, which the settings do not need"),
    ...(reached === undefined ? [] : [checked("proxy", () => nameOfProxy(reached))]),
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

function checked(topic: string, find: () => string): Finding {
  try {
    return ok(topic, find());
  } catch (error) {
    return faultOf(topic, error);
  }
}

function nameOfProxy(address: string): string {
  const proxy = proxyTo(address);
  return proxy ? describeProxy(proxy) : "none";
}
