// Generates what is committed from proto/: the static codec in src/wire/gen and the descriptor set that recordings carry.
// protobufjs' own descriptors are invalid (empty dependencies, unqualified names), so buf makes them.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (name) => join(root, "node_modules/.bin", name);
const run = (name, args) =>
  execFileSync(bin(name), args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const protos = ["frame", "client", "record"].map((name) => `proto/roadpulse/stream/v1/${name}.proto`);
const gen = join(root, "src/wire/gen");
mkdirSync(gen, { recursive: true });

const codec = (out, extra) =>
  run("pbjs", [
    "-t",
    "static-module",
    "-w",
    "es6",
    "--es6",
    "-p",
    "proto",
    "--keep-case",
    "--no-create",
    "--no-convert",
    "--no-typeurl",
    "--no-service",
    "--no-verify",
    "--no-delimited",
    "--force-number",
    "--no-beautify",
    ...extra,
    "-o",
    out,
    ...protos,
  ]);

// Types come from comments, so they are made from a commented copy that is not kept.
const commented = join(mkdtempSync(join(tmpdir(), "roadpulse-proto-")), "commented.js");
codec(commented, []);
run("pbts", ["-o", join(gen, "roadpulse.d.ts"), commented]);
codec(join(gen, "roadpulse.js"), ["--no-comments"]);
const types = readFileSync(join(gen, "roadpulse.d.ts"), "utf8");
writeFileSync(join(gen, "roadpulse.d.ts"), types.replace('import Long = require("long");\n', ""));
run("buf", ["build", "-o", join(root, "proto/descriptors/roadpulse.binpb"), "--as-file-descriptor-set"]);

const descriptor = readFileSync(join(root, "proto/descriptors/roadpulse.binpb"));
writeFileSync(
  join(gen, "descriptor.ts"),
  `/** FileDescriptorSet of all messages, made by buf from proto/ (version ${version}); base64 of the binary form. */\n` +
    `export const descriptorSetBase64 =\n  "${descriptor.toString("base64")}";\n`,
);
