import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import Provider from "oidc-provider";
import type { Answer, BrowserJar } from "./browser-jar.ts";

type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

export const CLIENT_ID = "roadpulse-test";
export const CLIENT_SECRET = "a secret that the provider and the server share";

/**
 * A real OpenID Connect provider on loopback, and what a test does with it: people, other keys, an outage, answers that are
 * changed on their way and signed again.
 */
export class IdentityProvider {
  readonly people = new Map<string, Record<string, unknown>>();
  /** Changes the claims of the next id tokens. */
  tamper: ((claims: JWTPayload) => JWTPayload) | undefined;
  /** Signs the next id tokens with a key of its own under the published name. */
  forge = false;
  idTokenLifeS = 3_600;
  isDown = false;
  tokenRequests = 0;
  readonly #server: Server;
  readonly issuer: string;
  #handler: RequestListener | undefined;
  #key: { readonly privateKey: PrivateKey; readonly jwk: Record<string, unknown> } | undefined;
  #kid = 0;
  #callbackUrl = "";

  private constructor(server: Server) {
    this.#server = server;
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<IdentityProvider> {
    let provider: IdentityProvider | undefined;
    const server = createServer((request, response) => provider?.answer(request, response)).listen(
      0,
      "127.0.0.1",
    );
    await once(server, "listening");
    provider = new IdentityProvider(server);
    // A client elsewhere, until the server under test has an address.
    await provider.register("http://127.0.0.1:1");
    return provider;
  }

  /** Takes the server as its client. */
  async register(serverUrl: string): Promise<void> {
    this.#callbackUrl = `${serverUrl}/v1/login/callback`;
    await this.rotateKeys();
  }

  /** Signs with a new key from now on; the old one is published no longer. Everybody's sessions there are forgotten. */
  async rotateKeys(): Promise<void> {
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: `p${++this.#kid}`, use: "sig", alg: "RS256" };
    this.#key = { privateKey, jwk };
    this.#handler = new Provider(this.issuer, this.#configuration([jwk])).callback();
  }

  /** What somebody does in a browser that the server has sent here; ends on the way back to the server. */
  async logIn(jar: BrowserJar, login: string, href: string): Promise<Answer & { readonly url: string }> {
    const isBack = (url: string) => url.startsWith(this.#callbackUrl);
    let page = await jar.follow(href, isBack);
    for (const prompt of ["login", "consent"]) {
      if (isBack(page.url)) break;
      const form = { prompt, login, password: "x" };
      page = await jar.follow(page.url, isBack, { method: "POST", form });
    }
    return page;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    if (this.isDown || this.#handler === undefined) {
      request.socket.destroy();
      return;
    }
    if (request.url === "/token") {
      this.tokenRequests++;
      const tamper = this.tamper ?? (this.forge ? (claims: JWTPayload) => claims : undefined);
      if (tamper !== undefined) this.#changeAnswer(response, tamper);
    }
    this.#handler(request, response);
  }

  /** Holds the answer back, and sends another one with the same signature key. */
  #changeAnswer(response: ServerResponse, tamper: (claims: JWTPayload) => JWTPayload): void {
    const end = response.end.bind(response);
    response.end = ((body: unknown) => {
      void this.#signedAgain(String(body), tamper).then((text) => {
        response.setHeader("Content-Length", Buffer.byteLength(text));
        end(text);
      });
      return response;
    }) as typeof response.end;
  }

  async #signedAgain(body: string, tamper: (claims: JWTPayload) => JWTPayload): Promise<string> {
    const answer = JSON.parse(body) as Record<string, unknown>;
    const token = String(answer["id_token"]);
    const { alg = "", kid = "" } = decodeProtectedHeader(token);
    if (this.#key === undefined) throw new Error("no key");
    const changed = new SignJWT(tamper(decodeJwt(token))).setProtectedHeader({ alg, kid });
    const key = this.forge ? (await generateKeyPair("RS256")).privateKey : this.#key.privateKey;
    return JSON.stringify({ ...answer, id_token: await changed.sign(key) });
  }

  #configuration(keys: readonly object[]): Record<string, unknown> {
    const { people } = this;
    const claims = ["name", "preferred_username", "groups", "realm_access"];
    return {
      jwks: { keys },
      clients: [
        {
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          redirect_uris: [this.#callbackUrl],
          post_logout_redirect_uris: [new URL("/", this.#callbackUrl).href],
          grant_types: ["authorization_code", "refresh_token"],
        },
      ],
      claims: { openid: ["sub"], profile: claims },
      conformIdTokenClaims: false,
      cookies: { keys: ["a key of the test"] },
      pkce: { required: () => true },
      issueRefreshToken: () => people.size > 1,
      ttl: {
        IdToken: () => this.idTokenLifeS,
        AccessToken: 3_600,
        Grant: 7_200,
        Session: 7_200,
        Interaction: 600,
        RefreshToken: 7_200,
        AuthorizationCode: 60,
      },
      findAccount: (_: unknown, sub: string) => {
        const claimsOf = () => ({ sub, ...people.get(sub) });
        return people.has(sub) ? { accountId: sub, claims: claimsOf } : undefined;
      },
    };
  }
}
