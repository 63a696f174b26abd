import type { KeyCredentials, TokenCredentials } from "../settings/credentialSettings";
import { describeReply, readComplaint } from "../http/errorReply";
import { quote } from "../output/secrets";
import { isExpired, isForeignProject } from "../http/serviceCodes";
import type { Settings } from "../settings/settings";
import type { Send, ServiceReply } from "../http/exchange";
import { AuthenticationError } from "../task/errors";

/** Sends requests and throws on a 401, with advice on these credentials. */
export function throwIfRefused(
  send: Send,
  credentials: TokenCredentials | KeyCredentials,
  settings: Settings,
  projectId?: string,
): Send {
  return async (request) => {
    const reply = await send(request);
    if (reply.httpStatus === 401) {
      throw new AuthenticationError(describeRefusal(reply, credentials, settings, projectId), {
        httpStatus: 401,
        code: readComplaint(reply.body).code,
      });
    }
    return reply;
  };
}

/** What to do after new credentials are set. A plain script has no update. */
export function runAgain({ isScript }: Pick<Settings, "isScript">): string {
  return isScript ? "then run the script again" : "then run the update again to resume";
}

/** Why a token or access key was refused, as far as the service says, and what to do. */
function describeRefusal(
  reply: ServiceReply,
  credentials: TokenCredentials | KeyCredentials,
  settings: Settings,
  projectId?: string,
): string {
  const { project, region } = settings;
  const resume = runAgain(settings);
  const { code, message = "" } = readComplaint(reply.body);
  const said = describeReply(reply);
  const from = credentials.origin === undefined ? "" : ` (${quote(credentials.origin)})`;
  if (isForeignProject(code)) {
    const named = quote(project.name ?? projectId ?? project.id ?? "");
    return (
      `the ${credentials.method === "token" ? "token" : "access key"}${from} is valid, but not for project ${named}` +
      `${region === undefined ? "" : ` in region ${region}`} (${said}): set the project that it belongs to, or credentials for this one.`
    );
  }
  if (credentials.method === "token") {
    return isExpired(code) || /expire/i.test(message)
      ? `the token${from} has expired (${said}). A given token cannot be renewed: set a new one, or a user name and password, ${resume}.`
      : `the token${from} was refused (${said}). It may have expired, or belong to another project or region. ` +
          `A given token cannot be renewed: set a new one, or a user name and password, ${resume}.`;
  }
  // "Common Errors Related to IAM Authentication Information", API Gateway user guide.
  if (/reach the limit/i.test(message)) {
    return (
      `the access key${from} is locked (${said}): more than five requests in a row had a wrong signature. ` +
      `Check the secret key and wait five minutes without using it, ${resume}.`
    );
  }
  if (credentials.securityToken !== undefined) {
    return (
      `the temporary access key${from} was refused (${said}). It may have expired, and cannot be renewed: ` +
      `set a new accessKey, secretKey and securityToken, ${resume}.`
    );
  }
  return /not exist|secretKey failed/i.test(message)
    ? `the access key${from} does not exist (${said}): check it, ${resume}.`
    : `the access key${from} was refused (${said}): check that the secret key belongs to this access key. ` +
        `It is not tried again because more than five refused requests in a row would lock it.`;
}
