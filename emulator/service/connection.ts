import type { EmulatorConnection } from "./emulator";
import type { Service } from "./service";

export function connectionTo(service: Service, url: string): EmulatorConnection {
  const { account, region, instanceId, taskId } = service;
  const authUrl = `${url}/v3`;
  const [project] = account.projects;
  const ids = { OTC_INSTANCE_ID: instanceId, OTC_TASK_ID: taskId };
  return {
    url,
    authUrl,
    region,
    projectId: project.id,
    projectName: project.name,
    domainName: account.domain.name,
    domainId: account.domain.id,
    userId: account.user.id,
    username: account.user.name,
    password: account.password,
    accessKey: account.accessKey,
    secretKey: account.secretKey,
    agencyName: account.agency.name,
    agencyDomainName: account.agency.domain.name,
    agencyDomainId: account.agency.domain.id,
    agencyProjectName: account.agency.project.name,
    agencyProjectId: account.agency.project.id,
    instanceId,
    taskId,
    env: {
      OS_AUTH_URL: authUrl,
      OS_IDENTITY_API_VERSION: "3",
      OS_REGION_NAME: region,
      OS_USERNAME: account.user.name,
      OS_PASSWORD: account.password,
      OS_USER_DOMAIN_NAME: account.domain.name,
      OS_PROJECT_NAME: project.name,
      OS_PROJECT_DOMAIN_NAME: account.domain.name,
      OS_PROJECT_ID: project.id,
      ...ids,
    },
    // The names of terraform-provider-huaweicloud (provider.go).
    huaweiEnv: {
      HW_AUTH_URL: authUrl,
      HW_REGION_NAME: region,
      HW_USER_NAME: account.user.name,
      HW_USER_PASSWORD: account.password,
      HW_DOMAIN_NAME: account.domain.name,
      HW_PROJECT_NAME: project.name,
      HW_PROJECT_ID: project.id,
      ...ids,
    },
  };
}

/** The variables as lines that a POSIX shell can evaluate. */
export function shellLines(env: { [name: string]: string }): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value.replace(/'/g, `'\\''`)}'\n`)
    .join("");
}
