import { z } from "zod";
import { bytes, DAY_MS, KIB, MIB, path } from "./schema-parts.ts";

/** Who may take part. */
export const access = z.strictObject({
  keys: path()
    .optional()
    .describe(
      "Keys that check tokens: a JWK set, or a public key in PEM, in a file or at an http(s) address. Read again when it " +
        "changes or a token names a new key. Setting it asks everybody who they are.",
    ),
  secret: z
    .string()
    .min(32)
    .max(1_024)
    .optional()
    .meta({ secret: true })
    .describe(
      "Shared secret that checks HS256, HS384 and HS512 tokens. Setting it asks everybody who they are.",
    ),
  issuer: z.string().min(1).max(1_024).optional().describe("`iss` that tokens must hold; any where absent."),
  audience: z.string().min(1).max(1_024).default("roadpulse").describe("`aud` that tokens must hold."),
  clockToleranceS: z
    .int()
    .min(0)
    .max(300)
    .default(5)
    .describe("Seconds by which the clocks of this server and of the issuer may differ."),
  certificates: path()
    .optional()
    .describe(
      "JSON file that says which client certificate is who and may do what. Setting it asks everybody who they are.",
    ),
  accounts: path()
    .optional()
    .describe(
      "File of people who may log in with name and password, as `roadpulse account` writes it. Setting it asks everybody " +
        "who they are.",
    ),
  roles: z
    .string()
    .min(1)
    .max(8_192)
    .default(
      "viewer=subscribe operator=subscribe,operate supervisor=subscribe,operate admin=subscribe,operate,admin",
    )
    .describe(
      "Roles of people and the scopes that each permits, parted by spaces. Besides there is `agency:<name>` for every agency.",
    ),
  firstMessageMayAuthenticate: z
    .boolean()
    .default(true)
    .describe(
      "Clients that can set neither a header nor a subprotocol may send their token in the first message instead.",
    ),
  allowedOrigins: z
    .string()
    .min(0)
    .max(8_192)
    .default("")
    .describe(
      "Origins, parted by spaces, whose pages may use the streams besides pages of this server itself, e.g. " +
        "`https://console.example`.",
    ),
  trustedProxies: z
    .string()
    .min(0)
    .max(8_192)
    .default("")
    .describe(
      "Addresses or networks, parted by spaces, of proxies whose `X-Forwarded-For` tells who speaks, e.g. `10.0.0.7 fd00::/8`. " +
        "Bounds on failed attempts and the audit log then go by that address. Nobody's header counts where empty.",
    ),
  maxConnectionsPerIdentity: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1_000)
    .describe("Connections that one identity may hold at a time; more are refused with 429."),
  maxSubscriptionsPerIdentity: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1_000)
    .describe("Subscriptions that one identity may hold at a time, in all its sessions."),
  maxItemsPerSecondPerIdentity: z
    .int()
    .min(1)
    .max(10_000_000)
    .optional()
    .describe(
      "Items that one identity may publish per second in all its sessions, unless its token says less. No bound where absent.",
    ),
  auditFile: path()
    .optional()
    .describe(
      "Appends a JSON line per refused or privileged act to this file. None is written where absent.",
    ),
  auditMaxBytes: bytes(64 * KIB, 1_024 * MIB)
    .default(16 * MIB)
    .describe("Size at which the audit file is renamed to `….1` and begun anew."),
  auditKeep: z.int().min(0).max(1_000).default(9).describe("Renamed audit files that are kept."),
});

/** Sessions of people who have logged in. */
export const session = z.strictObject({
  idleMs: z
    .int()
    .min(100)
    .max(7 * DAY_MS)
    .default(1_800_000)
    .describe("A session ends when nothing is asked and no stream is open for this long."),
  longestMs: z
    .int()
    .min(100)
    .max(30 * DAY_MS)
    .default(43_200_000)
    .describe(
      "A session ends this long after the login, used or not: a shift. The console says so five minutes before.",
    ),
  maxSessions: z
    .int()
    .min(1)
    .max(100_000)
    .default(1_000)
    .describe("Sessions at a time; further logins are refused with 503."),
});

/** Logging in with an OpenID Connect provider. */
export const oidc = z.strictObject({
  issuer: z
    .url()
    .max(1_024)
    .optional()
    .describe(
      "Address of an OpenID Connect provider that people log in with. Setting it asks everybody who they are.",
    ),
  name: z
    .string()
    .min(1)
    .max(64)
    .default("single sign-on")
    .describe("Name of the provider on the button that leads there."),
  clientId: z.string().min(1).max(256).optional().describe("Name that the provider knows this server by."),
  clientSecret: z
    .string()
    .min(1)
    .max(1_024)
    .optional()
    .meta({ secret: true })
    .describe(
      "Secret that the provider knows this server by; best in an environment variable or the file below.",
    ),
  clientCredentialFile: path()
    .optional()
    .describe("File with that secret instead. A public client where neither is set."),
  scope: z
    .string()
    .min(6)
    .max(1_024)
    .default("openid profile")
    .describe("What is asked of the provider. `offline_access` makes some give what renews a session."),
  rolesClaim: z
    .string()
    .min(1)
    .max(256)
    .default("roles")
    .describe(
      "Claim of the id token that lists somebody's roles or groups; points lead inside, e.g. `realm_access.roles`.",
    ),
  roles: z
    .string()
    .max(8_192)
    .default("")
    .describe(
      "Which of the provider's roles are which of `access.roles`, e.g. `tmc-desk=operator tmc-police=viewer,agency:police`. " +
        "Where empty they are called the same.",
    ),
  nameClaim: z.string().min(1).max(256).default("name").describe("Claim that holds the name to show."),
  callbackUrl: z
    .url()
    .max(1_024)
    .optional()
    .describe(
      "Address at which browsers reach `/v1/login/callback`, as the provider has it. From the request where absent.",
    ),
});
