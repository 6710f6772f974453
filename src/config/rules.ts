import { isIP } from "node:net";
import type { ConfigProblem } from "./problem.ts";
import type { Config } from "./schema.ts";

/** Mistakes that no single key shows. */
export function ruleProblems(config: Config): ConfigProblem[] {
  const rules = [
    openDoor,
    contradiction,
    plainTokens,
    plainKeys,
    plainProvider,
    halfProvider,
    twoSecrets,
    halfTls,
    clientCaWithoutTls,
    crlWithoutCa,
    crlOnUws,
    certificatesWithoutCa,
    unknownCertificates,
    badOrigin,
    badProxy,
    samePort,
    twoRecordings,
    webhooksWithoutStore,
  ];
  return rules.map((rule) => rule(config)).filter((problem) => problem !== undefined);
}

/** Whether clients are asked who they are. */
function asksWho({ access, oidc }: Config): boolean {
  const { keys, secret, certificates, accounts } = access;
  return [keys, secret, certificates, accounts, oidc.issuer].some((setting) => setting !== undefined);
}

/** Sentences for the log of a server that starts in spite of them. */
export function configWarnings(config: Config): string[] {
  const { host, allowUnauthenticated } = config.listen;
  if (isLoopback(host) || !allowUnauthenticated) return [];
  return [
    `Anyone who reaches ${host} may publish messages and read alerts: listen.allowUnauthenticated is true and nobody ` +
      "is asked who they are.",
  ];
}

/** What `access.trustedProxies` names; undefined where a word of it is no address. */
export function proxiesOf(written: string) {
  const words = written.split(/\s+/).filter((word) => word !== "");
  const ranges = words.map((word) => {
    const [address = "", bits, ...more] = word.split("/");
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    const prefixBits = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    const isRange = version !== 0 && more.length === 0 && prefixBits >= 1 && prefixBits <= most;
    return isRange ? ({ address, family: version === 4 ? "ipv4" : "ipv6", prefixBits } as const) : undefined;
  });
  const known = ranges.filter((range) => range !== undefined);
  return known.length === words.length ? known : undefined;
}

function badProxy({ access }: Config): ConfigProblem | undefined {
  if (proxiesOf(access.trustedProxies) !== undefined) return undefined;
  return {
    path: "access.trustedProxies",
    message: "access.trustedProxies holds a word that is no IP address and no network.",
    hint: "Write addresses and networks, parted by spaces, e.g. 10.0.0.7 192.168.0.0/16 fd00::/8. A network of everybody is none.",
  };
}

/** Names and addresses that only programs on this machine can reach. */
export function isLoopback(host: string): boolean {
  const plain = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  if (plain === "localhost" || plain === "::1") return true;
  const v4 = plain.replace(/^::ffff:/, "");
  return isIP(v4) === 4 && v4.startsWith("127.");
}

function openDoor(config: Config): ConfigProblem | undefined {
  const { listen } = config;
  if (isLoopback(listen.host) || listen.allowUnauthenticated || asksWho(config)) return undefined;
  return {
    path: "listen.host",
    message: `listen.host ${listen.host} is reachable from other machines, and no authentication is configured.`,
    hint:
      "Listen on 127.0.0.1, set access.keys, or set listen.allowUnauthenticated to true if everyone on that network may " +
      "take part.",
  };
}

function contradiction(config: Config): ConfigProblem | undefined {
  if (!config.listen.allowUnauthenticated || !asksWho(config)) return undefined;
  return {
    path: "listen.allowUnauthenticated",
    message: "listen.allowUnauthenticated is true, but authentication is configured.",
    hint: "Remove one of them; with authentication nobody is let in without.",
  };
}

/** Who reads along takes the token and is its owner from then on (RFC 6750 §5.2). */
function plainTokens(config: Config): ConfigProblem | undefined {
  const { host, tlsCertFile, tlsEndsAtProxy } = config.listen;
  if (!asksWho(config) || isLoopback(host) || tlsCertFile !== undefined || tlsEndsAtProxy) return undefined;
  return {
    path: "listen.tlsCertFile",
    message: `Tokens and passwords would travel to listen.host ${host} in plain text.`,
    hint: "Set listen.tlsCertFile and listen.tlsKeyFile, or listen.tlsEndsAtProxy to true where a proxy before the server ends TLS.",
  };
}

function plainKeys({ access: { keys } }: Config): ConfigProblem | undefined {
  if (keys === undefined || !keys.startsWith("http:")) return undefined;
  if (URL.canParse(keys) && isLoopback(new URL(keys).hostname)) return undefined;
  return {
    path: "access.keys",
    message: `access.keys ${keys} would be fetched in plain text: whoever is between could put in a key of their own.`,
    hint: "Use an https address.",
  };
}

function plainProvider({ oidc: { issuer } }: Config): ConfigProblem | undefined {
  if (issuer === undefined || !issuer.startsWith("http:") || isLoopback(new URL(issuer).hostname))
    return undefined;
  return {
    path: "oidc.issuer",
    message: `oidc.issuer ${issuer} would be asked in plain text: whoever is between could log in as anybody.`,
    hint: "Use an https address.",
  };
}

function halfProvider({ oidc }: Config): ConfigProblem | undefined {
  if ((oidc.issuer === undefined) === (oidc.clientId === undefined)) return undefined;
  const [path, other] = oidc.issuer === undefined ? ["clientId", "issuer"] : ["issuer", "clientId"];
  return {
    path: `oidc.${other}`,
    message: `oidc.${path} is set without oidc.${other}.`,
    hint: "Logging in with a provider needs both.",
  };
}

function twoSecrets({ oidc }: Config): ConfigProblem | undefined {
  if (oidc.clientSecret === undefined || oidc.clientCredentialFile === undefined) return undefined;
  return {
    path: "oidc.clientCredentialFile",
    message: "oidc.clientSecret and oidc.clientCredentialFile exclude each other.",
    hint: "Set one of them.",
  };
}

function halfTls({ listen: { tlsCertFile, tlsKeyFile } }: Config): ConfigProblem | undefined {
  if ((tlsCertFile === undefined) === (tlsKeyFile === undefined)) return undefined;
  const [path, other] =
    tlsCertFile === undefined ? ["tlsKeyFile", "tlsCertFile"] : ["tlsCertFile", "tlsKeyFile"];
  return {
    path: `listen.${other}`,
    message: `listen.${path} is set without listen.${other}.`,
    hint: "TLS needs both; `roadpulse cert` makes them for development.",
  };
}

function clientCaWithoutTls({ listen }: Config): ConfigProblem | undefined {
  if (listen.tlsClientCaFile === undefined || listen.tlsCertFile !== undefined) return undefined;
  return {
    path: "listen.tlsClientCaFile",
    message: "listen.tlsClientCaFile is set, but the server does not speak TLS.",
    hint: "Set listen.tlsCertFile and listen.tlsKeyFile.",
  };
}

function crlWithoutCa({ listen }: Config): ConfigProblem | undefined {
  if (listen.tlsClientCrlFile === undefined || listen.tlsClientCaFile !== undefined) return undefined;
  return {
    path: "listen.tlsClientCrlFile",
    message: "listen.tlsClientCrlFile is set, but no client is asked for a certificate.",
    hint: "Set listen.tlsClientCaFile to the authority whose list it is.",
  };
}

/** A certificate that one lane turns away would open the other. */
function crlOnUws({ listen }: Config): ConfigProblem | undefined {
  if (listen.tlsClientCrlFile === undefined || listen.fastLaneEngine !== "uws") return undefined;
  return {
    path: "listen.fastLaneEngine",
    message: "listen.fastLaneEngine is uws, which reads no lists of revoked certificates.",
    hint: "Set it to auto or ws, or take listen.tlsClientCrlFile out.",
  };
}

function certificatesWithoutCa({ access, listen }: Config): ConfigProblem | undefined {
  if (access.certificates === undefined || listen.tlsClientCaFile !== undefined) return undefined;
  return {
    path: "access.certificates",
    message: "access.certificates is set, but no client is asked for a certificate.",
    hint: "Set listen.tlsClientCaFile to the authority that signs client certificates.",
  };
}

/** A certificate that is asked for and means nothing would look like protection. */
function unknownCertificates({ access, listen }: Config): ConfigProblem | undefined {
  if (listen.tlsClientCaFile === undefined || access.certificates !== undefined) return undefined;
  return {
    path: "listen.tlsClientCaFile",
    message: "listen.tlsClientCaFile is set, but nothing says who its clients are.",
    hint: "Set access.certificates to the file that maps certificates to identities.",
  };
}

function badOrigin({ access }: Config): ConfigProblem | undefined {
  const wrong = originsOf(access.allowedOrigins).find(
    (origin) => !URL.canParse(origin) || new URL(origin).origin !== origin,
  );
  if (wrong === undefined) return undefined;
  return {
    path: "access.allowedOrigins",
    message: `access.allowedOrigins holds ${wrong}, which is no origin.`,
    hint: "Write scheme, host and port without a path, e.g. https://console.example.",
  };
}

/** The entries of `access.allowedOrigins`. */
export function originsOf(text: string): readonly string[] {
  return text.split(" ").filter((origin) => origin !== "");
}

function samePort({ listen }: Config): ConfigProblem | undefined {
  if (listen.fastLaneEngine === "off" || listen.port === 0 || listen.port !== listen.fastLanePort)
    return undefined;
  return {
    path: "listen.fastLanePort",
    message: `listen.fastLanePort is ${listen.port}, which is also listen.port.`,
    hint: "Give the fast lane a port of its own, or set listen.fastLaneEngine to off.",
  };
}

function twoRecordings({ record }: Config): ConfigProblem | undefined {
  if (record.directory === undefined || record.file === undefined) return undefined;
  return {
    path: "record.file",
    message: "record.file and record.directory exclude each other.",
    hint: "Set one of them.",
  };
}

/** Without a log there is nothing to go on from: what a receiver missed would be lost in silence. */
function webhooksWithoutStore({ webhooks, store }: Config): ConfigProblem | undefined {
  if (webhooks.file === undefined || store.directory !== undefined) return undefined;
  return {
    path: "webhooks.file",
    message:
      "webhooks.file is set, but alerts are kept in memory only, so that nothing could be sent after a restart.",
    hint: "Set store.directory, or start the server with --data <folder>.",
  };
}
