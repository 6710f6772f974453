/** What a client shows of itself. */
export interface ClientCredentials {
  /** A JSON Web Token, or what fetches a fresh one; asked at every connection, also after the old one has expired. */
  readonly token?: string | (() => string | Promise<string>);
  /** Certificates of the authorities that the server's certificate is believed from, PEM; those of the system where absent. */
  readonly ca?: string | Uint8Array;
  /** The client's own certificate and key, PEM. */
  readonly cert?: string | Uint8Array;
  readonly key?: string | Uint8Array;
}

let defaults: ClientCredentials = {};

/** For programs that talk to one server, such as the command line: shown where a call names no credentials. */
export function setDefaultCredentials(credentials: ClientCredentials): void {
  defaults = credentials;
}

/** Options of a socket that shows the credentials. */
export async function socketOptions(credentials: ClientCredentials = defaults) {
  const { token, ca, cert, key } = credentials;
  return {
    ...(await authorization(token)),
    ...(ca === undefined ? {} : { ca: Buffer.from(ca) }),
    ...(cert === undefined ? {} : { cert: Buffer.from(cert) }),
    ...(key === undefined ? {} : { key: Buffer.from(key) }),
  };
}

async function authorization(token: ClientCredentials["token"]) {
  if (token === undefined) return {};
  const shown = typeof token === "string" ? token : await token();
  return { headers: { Authorization: `Bearer ${shown}` } };
}
