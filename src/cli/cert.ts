import { createPrivateKey, createPublicKey } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import type { Authority, Credential } from "../access/development-certificates.ts";
import { type CliIo, usageFailure } from "./io.ts";
import { wholeNumber } from "./subscription-options.ts";

interface CertFlags {
  readonly directory: string;
  readonly host: readonly string[];
  readonly client?: readonly string[];
  readonly days: string;
}

const AUTHORITY_NAME = "Roadpulse development authority";

const EXAMPLES = `
Examples:
  roadpulse cert
  roadpulse cert --host localhost 127.0.0.1 roadpulse.local --client rsu-17 centre
  roadpulse serve --set listen.tlsCertFile=dev-credentials/server.pem --set listen.tlsKeyFile=dev-credentials/server-key.pem
  NODE_EXTRA_CA_CERTS=dev-credentials/ca.pem roadpulse tail --url wss://localhost:8080
`;

/** Makes certificates for development: an authority of one's own, the server's certificate, clients' certificates. */
export function addCertCommand(program: Command, io: CliIo): void {
  program
    .command("cert")
    .summary("make certificates for development")
    .description(
      "Make an authority of one's own (kept where there is one), a certificate of the server and, where asked for, of " +
        "clients. For development: nothing else believes them.",
    )
    .option("--directory <directory>", "where they go", "dev-credentials")
    .option("--host <names...>", "names and IPv4 addresses of the server", ["localhost", "127.0.0.1"])
    .option("--client <names...>", "clients to make certificates for")
    .option("--days <n>", "how long they are valid", "90")
    .addHelpText("after", EXAMPLES)
    .action((flags: CertFlags) => makeCertificates(flags, io));
}

async function makeCertificates(flags: CertFlags, io: CliIo): Promise<void> {
  const days = wholeNumber("--days", flags.days, 1, 3_650);
  for (const name of [...flags.host, ...(flags.client ?? [])]) checkName(name);
  const { createAuthority, issueCertificate } = await import("../access/development-certificates.ts");
  mkdirSync(flags.directory, { recursive: true, mode: 0o700 });
  const write = (name: string, { certPem, keyPem }: Credential): void => {
    writeFileSync(join(flags.directory, `${name}.pem`), certPem);
    writeFileSync(join(flags.directory, `${name}-key.pem`), keyPem, { mode: 0o600 });
    io.stdout.write(`${join(flags.directory, `${name}.pem`)}\n`);
  };
  const nowMs = Date.now();
  let authority = readAuthority(flags.directory);
  if (authority === undefined) {
    authority = createAuthority(AUTHORITY_NAME, 3_650, nowMs);
    write("ca", authority);
  }
  const [name = "localhost"] = flags.host;
  write("server", issueCertificate(authority, { name, hosts: flags.host, purpose: "server" }, days, nowMs));
  for (const client of flags.client ?? [])
    write(client, issueCertificate(authority, { name: client, purpose: "client" }, days, nowMs));
}

function readAuthority(directory: string): Authority | undefined {
  const [certPath, keyPath] = [join(directory, "ca.pem"), join(directory, "ca-key.pem")];
  if (!existsSync(certPath) || !existsSync(keyPath)) return undefined;
  const certPem = readFileSync(certPath, "utf8");
  const keyPem = readFileSync(keyPath, "utf8");
  return {
    name: AUTHORITY_NAME,
    certPem,
    keyPem,
    publicKey: createPublicKey(certPem),
    privateKey: createPrivateKey(keyPem),
  };
}

/** They become names of files and stand in certificates. */
function checkName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/.test(name) && name !== "ca") return;
  throw usageFailure(`${name} is no name for a certificate.`, "Use letters, digits, dots and dashes.");
}
