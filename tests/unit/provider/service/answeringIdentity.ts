import { readFileSync } from "node:fs";
import path from "node:path";
import type { Identity } from "../../../../provider/identity/identity";

export const taskId = "8abfa7b272adc5b40172b73130065ae7";
export const subject = { instanceId: "3f1c8a52-7d04-4e6b-9b1f-2a6d0c4e8f73", taskId };
export const bounds = { timeoutMs: 1000 };

/** An identity that gets this reply. */
export function identity(httpStatus: number, body: unknown) {
  const urls: string[] = [];
  const sender: Identity = {
    send: async ({ method, api, path }) => {
      urls.push(`${method} ${api} ${path("project")}`);
      return { projectId: "project", reply: { httpStatus, body, header: () => undefined } };
    },
  };
  return { sender, urls };
}

/** The body of a recorded example; the file names the page that it is from. */
export function recorded(name: string): unknown {
  const file = path.join(__dirname, "..", "..", "..", "recordings", `${name}.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { body: unknown }).body;
}

export const failure = (code?: string) => ({ error_code: code, error_msg: "text" });

export const place = { instanceId: subject.instanceId, projectId: "project" };
export const bindOfHuaweiCloud = {
  taskId: "ff80808272dcc90f0172df1e490f41b0",
  ...place,
  name: "bindInstancePublicIp",
  status: "SUCCESS",
  params:
    '{"public_ip_id":"06a13350-4305-4338-9f0e-6b322bb1413d","public_ip_address":"xx.xx.xx.xx","enable_public_ip":true}',
  parameters: {
    public_ip_id: "06a13350-4305-4338-9f0e-6b322bb1413d",
    public_ip_address: "xx.xx.xx.xx",
    enable_public_ip: true,
  },
  userId: "xxxxxxxx93ff484a828144c6xxxxxxxx",
  userName: "dms_test",
  createdAt: "2020-06-23T03:00:03.471Z",
};
