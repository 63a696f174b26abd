import { constants } from "node:os";
// Version 5: the last with a CommonJS build, which Jest can load. @pulumi/pulumi depends on it too.
import execa from "execa";

export interface CommandResult {
  /** As in a shell: 128 plus the signal's number for a command that a signal ended. */
  exitCode: number;
  stdout: string;
  stderr: string;
  durationMs: number;
  timedOut: boolean;
}

export interface RunningCommand {
  readonly pid: number;
  /** Never rejects. */
  readonly finished: Promise<CommandResult>;
  /** What was printed so far, both streams, in order of arrival. */
  output(): string;
  /** Resolves when what was printed matches; rejects when the command ends before. */
  printed(pattern: RegExp): Promise<void>;
  /** Sends a signal to the command alone, as `kill PID` does. */
  kill(signal: NodeJS.Signals): void;
  /** Sends a signal to the command and all it started, as Ctrl-C in a terminal does. */
  interrupt(signal?: NodeJS.Signals): void;
  /** SIGKILL to the command and all it started. */
  killAll(): void;
}

interface StartOptions {
  cwd: string;
  env: Record<string, string>;
  inherit: boolean;
  timeoutMs?: number | undefined;
}

/** Starts a command: in a process group of its own with nothing on its stdin, or on this process's terminal. */
export function startCommand(file: string, args: string[], options: StartOptions): RunningCommand {
  const startedAt = performance.now();
  const streams = options.inherit ? "inherit" : "pipe";
  const child = execa(file, args, {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    // Own group: a test signals the engine with or without its providers, and Jest's Ctrl-C doesn't reach it twice.
    // A command that prints to the user's terminal must also get that terminal's Ctrl-C.
    detached: !options.inherit && process.platform !== "win32",
    // On a terminal the CLI queries its colours and reads the reply, which would otherwise end up in the shell.
    stdin: options.inherit ? "inherit" : "ignore",
    stdout: streams,
    stderr: streams,
    reject: false,
    maxBuffer: 200_000_000,
  });
  const pid = child.pid ?? 0;
  const signalGroup = (signal: NodeJS.Signals): void => {
    try {
      if (options.inherit || process.platform === "win32") child.kill(signal);
      else if (pid > 0) process.kill(-pid, signal);
    } catch {
      // Ended in the meantime.
    }
  };

  let printedSoFar = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      printedSoFar += text;
      for (const listener of listeners) listener();
    });
  }

  let timedOut = false;
  const onTimeout = (): void => {
    timedOut = true;
    signalGroup("SIGKILL");
  };
  const timer = options.timeoutMs === undefined ? undefined : setTimeout(onTimeout, options.timeoutMs);
  const finished = child.then((result): CommandResult => {
    clearTimeout(timer);
    return {
      exitCode: result.exitCode ?? 128 + (result.signal ? constants.signals[result.signal as NodeJS.Signals] : 0),
      stdout: result.stdout ?? "",
      // A command that could not be started has printed nothing; the reason is in the message.
      stderr: pid > 0 ? (result.stderr ?? "") : (result as execa.ExecaError).shortMessage,
      durationMs: performance.now() - startedAt,
      timedOut,
    };
  });

  return {
    pid,
    finished,
    output: () => printedSoFar,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(printedSoFar)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void finished.then(() => reject(new Error(`The command ended without printing ${pattern}:\n${printedSoFar}`)));
      }),
    kill: (signal) => void child.kill(signal),
    interrupt: (signal = "SIGINT") => signalGroup(signal),
    killAll: () => signalGroup("SIGKILL"),
  };
}
