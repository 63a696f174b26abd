import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { writeProgram } from "../../engine/programFolder";
import { StartedProvider } from "../../tests/process/startedProvider";

let urns = 0;

/** A provider process, and what it tells the engine and prints about resources. */
export class SpeakingProvider {
  private constructor(
    private readonly provider: StartedProvider,
    private readonly folder: string,
  ) {}

  static async start(env: { [name: string]: string }): Promise<SpeakingProvider> {
    const folder = await mkdtemp(path.join(tmpdir(), "faults-provider-"));
    const cwd = await writeProgram({ files: { "index.js": "" } }, folder);
    return new SpeakingProvider(await StartedProvider.start(cwd, {}, env), folder);
  }

  /** What a resource's creation makes reach the engine or a terminal, its outputs apart. */
  async saysOfCreating(inputs: object): Promise<string> {
    const resourceUrn = `urn:pulumi:dev::faults::pulumi-nodejs:dynamic/otc:BackgroundTask::resource-${++urns}`;
    const printedBefore = this.provider.printed.length;
    const failure = await this.provider.create({ ...inputs, resourceUrn }).then(() => "", reasonsIn);
    const told = this.provider.messages.filter(({ urn }) => urn === resourceUrn).map(({ message }) => message);
    return [failure, ...told, this.provider.printed.slice(printedBefore)].join("\n");
  }

  async close(): Promise<void> {
    this.provider.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function reasonsIn(error: unknown): string {
  const { metadata, message } = error as grpc.ServiceError;
  const details = (metadata.get("grpc-status-details-bin") as Buffer[]).flatMap((packed) =>
    Status.deserializeBinary(packed)
      .getDetailsList()
      .flatMap((detail) => messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8()).getReasonsList()),
  );
  return [message, ...details].join("\n");
}
