import * as client from "openid-client";
import { type Refused, refuse } from "./refusal.ts";

/** What a browser keeps between the way to the provider and back. */
export interface LoginUnderWay {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Address that the provider was told to send the browser back to. */
  readonly callbackUrl: string;
}

/** What the provider says of somebody. */
export interface ProviderAnswer {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly idToken: string | undefined;
  /** Renews the session; undefined where the provider gives none. */
  readonly refreshToken: string | undefined;
  /** Unix ms until which the provider vouches for the person. */
  readonly expiresAtMs: number;
}

export interface ProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Read at every use, so that a new one takes effect without a restart. @throws Error where it cannot be read */
  readonly clientSecret: () => string | undefined;
  readonly scope: string;
  /** Seconds by which the provider's clock may differ. */
  readonly clockToleranceS: number;
  /** Unix ms. */
  readonly nowMs: () => number;
  /** The provider cannot be reached or used, or can be again (`undefined`). Called on changes only. */
  readonly onFault: (fault: string | undefined) => void;
}

/** A provider that hangs holds a login up for so long. */
const TIMEOUT_S = 5;

/** Pause between two looks at a provider that does not answer. */
const RETRY_MS = 10_000;

/** What the provider says of itself is read again after this. */
const METADATA_AGE_MS = 3_600_000;

/** Metadata and key sets have a few kB. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Logging in with an OpenID Connect provider: authorization code with PKCE (OpenID Connect Core 1.0 §3.1, RFC 9700). A
 * provider that is down keeps nobody out but those who want to log in.
 */
export class Provider {
  readonly #options: ProviderOptions;
  #metadata: client.ServerMetadata | undefined;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #triedAtMs = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  #fault: string | undefined;

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  get fault(): string | undefined {
    return this.#fault;
  }

  /** Looks whether a provider that was down is up again. Called once a second. Never throws. */
  look(): void {
    const isDue = this.#options.nowMs() - this.#triedAtMs >= RETRY_MS;
    if (isDue && (this.#metadata === undefined || this.#fault !== undefined)) void this.#discover();
  }

  /** Where to send the browser; and what it keeps meanwhile. Never rejects. */
  async begin(
    callbackUrl: string,
  ): Promise<{ readonly href: string; readonly underWay: LoginUnderWay } | Refused> {
    const config = await this.#configuration();
    if (config === undefined) return this.#unavailable();
    const verifier = client.randomPKCECodeVerifier();
    const underWay = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier,
      callbackUrl,
    };
    const href = client.buildAuthorizationUrl(config, {
      redirect_uri: callbackUrl,
      scope: this.#options.scope,
      state: underWay.state,
      nonce: underWay.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    return { href: href.href, underWay };
  }

  /** What the provider says of the browser's user. `query` is that of the callback. Never rejects. */
  async finish(query: string, underWay: LoginUnderWay): Promise<ProviderAnswer | Refused> {
    const config = await this.#configuration();
    if (config === undefined) return this.#unavailable();
    const { state, nonce, verifier, callbackUrl } = underWay;
    const url = new URL(callbackUrl);
    url.search = query;
    return await this.#ask(async () =>
      this.#answerOf(
        await client.authorizationCodeGrant(config, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        }),
      ),
    );
  }

  /** Asks whether the provider still vouches for somebody. Never rejects. */
  async renew(refreshToken: string): Promise<ProviderAnswer | Refused> {
    const config = await this.#configuration();
    if (config === undefined) return this.#unavailable();
    return await this.#ask(async () =>
      this.#answerOf(await client.refreshTokenGrant(config, refreshToken), refreshToken),
    );
  }

  /** Where the provider ends its own session (OpenID Connect RP-Initiated Logout 1.0); undefined where nowhere. */
  logoutHref(idToken: string | undefined, backTo: string): string | undefined {
    const metadata = this.#metadata;
    if (metadata?.end_session_endpoint === undefined || idToken === undefined) return undefined;
    const back = { id_token_hint: idToken, post_logout_redirect_uri: backTo };
    // No secret is needed: whose file is gone still logs out.
    return client.buildEndSessionUrl(this.#configured(metadata, client.None()), back).href;
  }

  #answerOf(
    tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers,
    earlierRefreshToken?: string,
  ): ProviderAnswer {
    const claims = tokens.claims();
    const nowMs = this.#options.nowMs();
    return {
      claims: claims ?? {},
      idToken: tokens.id_token,
      refreshToken: tokens.refresh_token ?? earlierRefreshToken,
      expiresAtMs: claims === undefined ? nowMs + (tokens.expiresIn() ?? 0) * 1_000 : claims.exp * 1_000,
    };
  }

  async #ask(ask: () => Promise<ProviderAnswer>): Promise<ProviderAnswer | Refused> {
    try {
      const answer = await ask();
      this.#tell(undefined);
      return answer;
    } catch (error) {
      const refused = refusalOf(error);
      if (refused.refused === "provider-unavailable") this.#tell(faultOf(error));
      return refused;
    }
  }

  #unavailable(): Refused {
    return refuse("provider-unavailable", "the identity provider cannot be reached");
  }

  /**
   * A configuration of its own for each use: its keys are read when they are needed, so that a key that the provider has
   * exchanged a second ago is found. Undefined where the provider has never answered, or the secret cannot be read.
   */
  async #configuration(): Promise<client.Configuration | undefined> {
    const { nowMs } = this.#options;
    const isOld = nowMs() - this.#readAtMs >= METADATA_AGE_MS;
    if (this.#reading !== undefined || (isOld && nowMs() - this.#triedAtMs >= 1_000)) await this.#discover();
    if (this.#metadata === undefined) return undefined;
    try {
      return this.#configured(this.#metadata, this.#authentication());
    } catch (error) {
      this.#tell(faultOf(error));
      return undefined;
    }
  }

  #authentication(): client.ClientAuth {
    const secret = this.#options.clientSecret();
    return secret === undefined ? client.None() : client.ClientSecretBasic(secret);
  }

  #configured(metadata: client.ServerMetadata, authentication: client.ClientAuth): client.Configuration {
    const { clientId, clockToleranceS } = this.#options;
    const about = { [client.clockTolerance]: clockToleranceS };
    const config = new client.Configuration(structuredClone(metadata), clientId, about, authentication);
    this.#settle(config);
    // The signature is checked although the token comes from the provider itself: TLS may end before it.
    client.enableNonRepudiationChecks(config);
    return config;
  }

  #settle(config: client.Configuration): void {
    config.timeout = TIMEOUT_S;
    config[client.customFetch] = boundedFetch;
    if (this.#isPlain) client.allowInsecureRequests(config);
  }

  /** The configuration lets an address without TLS stand for providers on this machine only. */
  get #isPlain(): boolean {
    return this.#options.issuer.startsWith("http:");
  }

  #discover(): Promise<void> {
    this.#reading ??= this.#readMetadata().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readMetadata(): Promise<void> {
    const { issuer, clientId, nowMs } = this.#options;
    this.#triedAtMs = nowMs();
    try {
      const found = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
        timeout: TIMEOUT_S,
        [client.customFetch]: boundedFetch,
        ...(this.#isPlain ? { execute: [client.allowInsecureRequests] } : {}),
      });
      this.#metadata = { ...found.serverMetadata() };
      this.#readAtMs = nowMs();
      this.#tell(undefined);
    } catch (error) {
      this.#tell(faultOf(error));
    }
  }

  #tell(fault: string | undefined): void {
    const text = fault === undefined ? undefined : `${this.#options.issuer}: ${fault}`;
    if (text === this.#fault) return;
    this.#fault = text;
    this.#options.onFault(text);
  }
}

/** An answer of any length would be read whole. */
async function boundedFetch(url: string, options: client.CustomFetchOptions): Promise<Response> {
  const response = await fetch(url, { ...options, redirect: "error" } as RequestInit);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw new Error(`an answer larger than ${MAX_ANSWER_BYTES} bytes`);
    parts.push(part);
  }
  const { status, statusText, headers } = response;
  const hasNoBody = status === 204 || status === 304;
  return new Response(hasNoBody ? undefined : Buffer.concat(parts), { status, statusText, headers });
}

/** What the browser brought was wrong, or the provider could not be asked. */
function refusalOf(error: unknown): Refused {
  if (error instanceof client.AuthorizationResponseError)
    return refuse("bad-credentials", "the identity provider refused the login");
  if (error instanceof client.ResponseBodyError && error.error !== "invalid_client" && error.status < 500)
    return refuse("bad-credentials", "the identity provider refused the login");
  const { code = "" } = (error ?? {}) as { readonly code?: string };
  if (/JWT_TIMESTAMP|_EXPIRED/.test(code)) return refuse("expired", "the provider's answer has expired");
  if (/JWT|CLAIM|INVALID_RESPONSE|KEY_SELECTION|INVALID_STATE|RESPONSE_IS_NOT/.test(code) && !isOutage(error))
    return refuse("bad-credentials", "the identity provider's answer is not valid");
  return refuse("provider-unavailable", "the identity provider cannot be reached");
}

function isOutage(error: unknown): boolean {
  const { cause } = (error ?? {}) as { readonly cause?: unknown };
  return cause instanceof Response && cause.status >= 500;
}

function faultOf(error: unknown): string {
  const { message, cause } = error as { readonly message?: string; readonly cause?: { message?: string } };
  return [message, cause instanceof Error ? cause.message : undefined].filter(Boolean).join(": ");
}
