import { describe, expect, test } from "vitest";
import { version } from "../../src/version.ts";
import { runCli } from "./capture.ts";

describe("wrong usage is one sentence with a hint and exit code 2", () => {
  const cases: [string, string[], string][] = [
    ["an unknown command", ["sevre"], "Unknown command 'sevre'. Did you mean serve? See roadpulse --help.\n"],
    [
      "an unknown flag",
      ["serve", "--prot", "1"],
      "Unknown option '--prot'. Did you mean --port? See roadpulse serve --help.\n",
    ],
    [
      "a missing argument",
      ["inspect"],
      "Missing required argument 'file.mcap'. See roadpulse inspect --help.\n",
    ],
    [
      "a missing value",
      ["serve", "--port"],
      "Option '-p, --port <number>' argument missing. See roadpulse serve --help.\n",
    ],
    [
      "a missing mandatory flag",
      ["record"],
      "Required option '-o, --out <file.mcap>' not specified. See roadpulse record --help.\n",
    ],
    [
      "too many arguments",
      ["inspect", "a.mcap", "b.mcap"],
      "Too many arguments for 'inspect'. Expected 1 argument but got 2. See roadpulse inspect --help.\n",
    ],
    [
      "a wrong value",
      ["config", "check", "--port", "99999"],
      "listen.port must be a whole number from 0 to 65535, not 99999 (command line).\n",
    ],
    [
      "an assignment without a value",
      ["config", "check", "--set", "listen.port"],
      "--set takes key=value, not listen.port. For example --set listen.port=9090.\n",
    ],
    [
      "a wrong address",
      ["doctor", "--url", "localhost"],
      "--url takes the address of a server, not localhost. For example --url ws://127.0.0.1:8080/v1/stream.\n",
    ],
    [
      "a wrong speed",
      ["replay", "a.mcap", "--speed", "fast"],
      "--speed must be max or a number from 0.01 to 1000, not fast.\n",
    ],
  ];

  test.each(cases)("%s", async (_name, args, sentence) => {
    expect(await runCli(args)).toEqual({ code: 2, stdout: "", stderr: sentence });
  });

  test("no command at all shows the help", async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("Usage: roadpulse");
  });
});

test("--version prints the package's version", async () => {
  expect(await runCli(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([[["--help"]], [["serve", "--help"]], [["replay", "--help"]], [["import", "--help"]]])(
  "%s has examples",
  async (args) => {
    const { code, stdout } = await runCli(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n {2}\S*roadpulse/);
  },
);

test.each([["replay"], ["inspect"]])("%s names a file that does not exist", async (command) => {
  const { code, stderr } = await runCli([command, "/nonexistent/drive.mcap"]);
  expect(code).toBe(1);
  expect(stderr).toBe("/nonexistent/drive.mcap does not exist.\n");
});

test("inspect fails on a file that is no recording", async () => {
  expect(await runCli(["inspect", "README.md"])).toEqual({
    code: 1,
    stdout: "",
    stderr: "README.md is no MCAP file: its first bytes are not the MCAP magic. Recordings are MCAP files.\n",
  });
});
