import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { request as secureRequest } from "node:https";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a browser does with cookies and redirects, without a browser. Cookies by host and port: strictly tidier than one. */
export class BrowserJar {
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly #tls: { readonly ca?: string };

  constructor(tls: { readonly ca?: string } = {}) {
    this.#tls = tls;
  }

  cookies(url: string): string {
    const jar = this.#cookies.get(new URL(url).host) ?? new Map<string, string>();
    return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** Takes cookies over from another browser, or changes one. */
  put(url: string, name: string, value: string): void {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    jar.set(name, value);
    this.#cookies.set(host, jar);
  }

  async ask(url: string, { method, json, form, headers = {} }: Ask = {}): Promise<Answer> {
    const body = json !== undefined ? JSON.stringify(json) : form && new URLSearchParams(form).toString();
    const type = json !== undefined ? "application/json" : "application/x-www-form-urlencoded";
    const cookie = this.cookies(url);
    const sent = (url.startsWith("https:") ? secureRequest : request)(url, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      agent: false,
      ...this.#tls,
      headers: {
        ...(cookie === "" ? {} : { Cookie: cookie }),
        ...(body === undefined ? {} : { "Content-Type": type, "Content-Length": Buffer.byteLength(body) }),
        ...headers,
      },
    });
    sent.end(body);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    this.#keep(url, response.headers["set-cookie"] ?? []);
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part as Buffer);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text: Buffer.concat(parts).toString("utf8"),
    };
  }

  /** Asks, and follows redirects until one leads to an address that `isEnd`, or none is left. */
  async follow(
    url: string,
    isEnd: (url: string) => boolean = () => false,
    ask: Ask = {},
  ): Promise<Answer & { readonly url: string }> {
    let at = url;
    let answer = await this.ask(at, ask);
    for (let hop = 0; hop < 20 && answer.status >= 300 && answer.status < 400; hop++) {
      at = new URL(answer.headers.location ?? "", at).href;
      if (isEnd(at)) break;
      answer = await this.ask(at);
    }
    return { ...answer, url: at };
  }

  #keep(url: string, lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = "", ...rules] = line.split(/; */);
      const at = pair.indexOf("=");
      const name = pair.slice(0, at);
      const isGone = rules.some((rule) => /^max-age=0$|^expires=Thu, 01 Jan 1970/i.test(rule));
      if (isGone) this.#cookies.get(new URL(url).host)?.delete(name);
      else this.put(url, name, pair.slice(at + 1));
    }
  }
}
