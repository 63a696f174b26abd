import * as grpc from "@grpc/grpc-js";
import * as services from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

export interface LogMessage {
  urn: string;
  severity: "debug" | "info" | "warning" | "other";
  isEphemeral: boolean;
  message: string;
}

/** The part of an engine that a provider process meets: it listens, and takes messages. */
export class ListeningEngine {
  readonly messages: LogMessage[] = [];
  private readonly server = new grpc.Server();

  /** Resolves with the address. */
  listen(): Promise<string> {
    const log: grpc.handleUnaryCall<LogRequest, Empty> = ({ request }, done) => {
      this.messages.push({
        urn: request.getUrn(),
        severity: severities.get(request.getSeverity()) ?? "other",
        isEphemeral: request.getEphemeral(),
        message: request.getMessage(),
      });
      done(null, new Empty());
    };
    // Whatever else the engine offers is answered with "unimplemented".
    this.server.addService(services.EngineService, { log });
    return new Promise((resolve, reject) => {
      this.server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(`127.0.0.1:${port}`),
      );
    });
  }

  /** As if it had been killed. */
  close(): void {
    this.server.forceShutdown();
  }
}

const severities = new Map<number, LogMessage["severity"]>([
  [LogSeverity.DEBUG, "debug"],
  [LogSeverity.INFO, "info"],
  [LogSeverity.WARNING, "warning"],
]);
