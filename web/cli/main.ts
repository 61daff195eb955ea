// The program `kinvec`: chooses the command, and turns what it throws into a message and an exit code.
import { readFileSync } from "node:fs";
import { KinvecError } from "../errors.ts";
import { convertCommand, convertUsage } from "./convert_command.ts";
import { distillCommand, distillUsage } from "./distill_command.ts";
import { embedCommand, embedUsage } from "./embed_command.ts";
import { inspectCommand, inspectUsage } from "./inspect_command.ts";
import { serveCommand, serveUsage } from "./serve_command.ts";
import { UsageError } from "./usage.ts";

const kExitFailure = 1;
const kExitUsage = 2;
const kExitInterrupted = 130; // 128 + SIGINT

interface Command {
  usage: string;
  run(args: string[], signal: AbortSignal): Promise<void>;
}

const commands: Readonly<Record<string, Command>> = {
  convert: { usage: convertUsage, run: convertCommand },
  distill: { usage: distillUsage, run: distillCommand },
  embed: { usage: embedUsage, run: embedCommand },
  inspect: { usage: inspectUsage, run: inspectCommand },
  serve: { usage: serveUsage, run: serveCommand },
};

const kUsage = `kinvec: text to meaning vectors

  kinvec convert   a Hugging Face folder or GGUF file to a quantised GGUF file
  kinvec distill   a model to a static one: a vector per token, and their mean
  kinvec embed     lines of text to vectors
  kinvec inspect   what a GGUF file holds
  kinvec serve     an HTTP server in the shape of OpenAI's embeddings API

kinvec <command> --help tells more; kinvec --version prints the version.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
`;

async function main([name, ...args]: string[]): Promise<void> {
  if (name === "--version") {
    process.stdout.write(`${version()}\n`);
    return;
  }
  if (name === undefined || name === "--help" || name === "-h") {
    process.stdout.write(kUsage);
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`there is no command "${name}"`, kUsage);
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(command.usage);
    return;
  }
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort(new Error("interrupted")));
  await command.run(args, interruption.signal);
}

/** package.json lies above the built script. */
function version(): string {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
}

function report(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`kinvec: ${error.message}\n\n${error.usage}`);
    return kExitUsage;
  }
  if (error instanceof KinvecError) {
    process.stderr.write(`kinvec: ${error.code}: ${error.message}\n`);
    return error.code === "ABORTED" ? kExitInterrupted : kExitFailure;
  }
  process.stderr.write(`kinvec: ${error instanceof Error ? error.message : error}\n`);
  return kExitFailure;
}

// A reader that has seen enough, such as head, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : kExitFailure));

main(process.argv.slice(2)).catch((error) => {
  process.exitCode = report(error);
});
