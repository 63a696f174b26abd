import type {
  Policies,
  ResourceValidation,
  ResourceValidationPolicy,
  StackValidation,
  StackValidationPolicy,
} from "@pulumi/policy";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { RecordedResource } from "./recordedStacks";

// The SDK's own server functions, called with the engine's messages: what matches a type, what throws at an unknown and
// what becomes of a violation is decided there, as in a real run. The SDK does not declare them.
type Call = (
  call: { request: unknown },
  reply: (error: Error | null, response: proto.AnalyzeResponse) => void,
) => unknown;
type MakeCall = (pack: string, version: string, level: string, policies: Policies) => Call;
// eslint-disable-next-line @typescript-eslint/no-require-imports
const server = require("@pulumi/policy/server") as { makeAnalyzeRpcFun: MakeCall; makeAnalyzeStackRpcFun: MakeCall };

export interface Violation {
  message: string;
  urn?: string;
  level: string;
}

/** What a resource rule says of each of these resources. */
export async function analyzeResources(
  rule: ResourceValidationPolicy,
  resources: RecordedResource[],
  settings?: object,
): Promise<Violation[]> {
  const validate = rule.validateResource as ResourceValidation;
  const validateResource: ResourceValidation = (args, report) => validate(withSettings(args, settings), report);
  const analyze = server.makeAnalyzeRpcFun("pack", "1.0.0", "advisory", [{ ...rule, validateResource }]);
  const all: Violation[] = [];
  for (const resource of resources) {
    const request = filled(new proto.AnalyzeRequest(), resource);
    all.push(...(await violations(analyze, request)).map((violation) => ({ ...violation, urn: resource.urn })));
  }
  return all;
}

/** What a stack rule says of a stack of these resources. */
export async function analyzeStack(
  rule: StackValidationPolicy,
  resources: RecordedResource[],
  settings?: object,
): Promise<Violation[]> {
  const request = new proto.AnalyzeStackRequest();
  request.setResourcesList(resources.map((resource) => filled(new proto.AnalyzerResource(), resource)));
  const validateStack: StackValidation = (args, report) => rule.validateStack(withSettings(args, settings), report);
  const analyze = server.makeAnalyzeStackRpcFun("pack", "1.0.0", "advisory", [{ ...rule, validateStack }]);
  return violations(analyze, request);
}

function filled<M extends proto.AnalyzeRequest | proto.AnalyzerResource>(message: M, resource: RecordedResource): M {
  message.setType(resource.type);
  message.setName(resource.name);
  message.setUrn(resource.urn);
  message.setProperties(Struct.fromJavaScript(resource.props as never));
  message.setOptions(new proto.AnalyzerResourceOptions());
  return message;
}

async function violations(call: Call, request: unknown): Promise<Violation[]> {
  const response = await new Promise<proto.AnalyzeResponse>((resolve, reject) => {
    void call({ request }, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
  const levels = Object.entries(proto.EnforcementLevel);
  return response.getDiagnosticsList().map((diagnostic) => ({
    message: diagnostic.getMessage(),
    urn: diagnostic.getUrn() || undefined,
    level: levels.find(([, level]) => level === diagnostic.getEnforcementlevel())![0].toLowerCase(),
  }));
}

/** Hands settings to a rule as the SDK's server does, which the engine gives them to when it configures the pack. */
function withSettings<A extends object>(args: A, settings: object | undefined): A {
  return settings === undefined ? args : { ...args, getConfig: () => settings };
}
