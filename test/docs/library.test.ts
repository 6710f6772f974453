import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { silentLogger } from "../../src/ops/logging.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import { projectRoot } from "../support/source-tree.ts";
import { type CodeBlock, codeBlocks } from "./code-blocks.ts";

/** The address that the page uses. */
const PAGE_URL = "ws://127.0.0.1:8080";

const blocks = codeBlocks("library.md");
/** Inside the project, so that the programs find what the project has installed. */
const folder = join(projectRoot, `test/docs/.programs-${process.pid}.tmp`);
let server: RunningServer;

beforeAll(async () => {
  const config = loadConfig({
    flags: { "listen.port": 0, "listen.fastLaneEngine": "off", "listen.drainTimeoutMs": 1_000 },
  });
  if (isConfigProblems(config)) throw new Error("the defaults are wrong");
  server = await startServer(config, { logger: silentLogger });
  mkdirSync(folder);
  for (const block of blocks) writeFileSync(join(folder, block.file), programOf(block));
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The block as a file of the project. */
function programOf({ code }: CodeBlock): string {
  const url = new URL(server.streamUrl);
  return `${code.replaceAll('"roadpulse"', '"../../../src/index.ts"').replaceAll(PAGE_URL, `ws://${url.host}`)}\nexport {};\n`;
}

/** Runs a program and answers what it printed. */
async function run({ file }: CodeBlock): Promise<string> {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...words) => void lines.push(words.join(" ")));
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  try {
    await import(join(folder, file));
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
  return lines.join("\n");
}

function typeErrors(): readonly string[] {
  const { config } = ts.readConfigFile(join(projectRoot, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, projectRoot);
  const files = blocks.map(({ file }) => join(folder, file));
  const program = ts.createProgram(files, options);
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  });
}

describe("docs/library.md", () => {
  it("has the programs that it should, each in a file of its own", () => {
    expect(blocks.map(({ file }) => file)).toEqual([
      "replay-a-recording.ts",
      "icy-road.ts",
      "feed-a-pipeline-yourself.ts",
      "run-a-server-inside-your-program.ts",
      "send-messages.ts",
      "follow-alerts.ts",
    ]);
  });

  it("type-checks", { timeout: 120_000 }, () => {
    expect(typeErrors()).toEqual([]);
  });

  // In the order of the page: the last one takes back what the one before has sent.
  it.each(blocks)("runs: $heading ($file)", { timeout: 60_000 }, async (block) => {
    const printed = await run(block);
    if (block.prints !== undefined) expect(printed).toBe(block.prints);
  });

  it("replays in at most ten lines to the golden file", { timeout: 60_000 }, async () => {
    const [block] = blocks;
    expect(block?.code.trim().split("\n").length).toBeLessThanOrEqual(10);
    const golden = readFileSync(join(projectRoot, "fixtures/golden/hard-braking-chain.ndjson"), "utf8");
    vi.resetModules();
    expect(`${await run(block as CodeBlock)}\n`).toBe(golden);
  });
});
