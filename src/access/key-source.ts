import { readFile, stat } from "node:fs/promises";

export interface KeyText {
  readonly text: string;
  /** Equal while the text is the same. */
  readonly version: string;
}

/** Where verification keys come from. */
export interface KeySource {
  /** For logs. */
  readonly name: string;
  /** Keys older than this are read again before they are used. */
  readonly maxAgeMs: number;
  /** Pause between two readings, however many tokens name unknown keys: nobody can make us hammer the issuer. */
  readonly leastPauseMs: number;
  /**
   * Undefined where nothing has changed since `knownVersion`.
   * @throws Error where the keys cannot be read
   */
  read(knownVersion: string | undefined): Promise<KeyText | undefined>;
}

/** A key set of hundreds of keys has 100 kB; more is no key set. */
const MAX_KEY_BYTES = 1024 * 1024;

const FETCH_TIMEOUT_MS = 5_000;

/** `http(s)` addresses are fetched, everything else is a file. */
export function keySource(at: string): KeySource {
  return /^https?:\/\//.test(at) ? urlSource(at) : fileSource(at);
}

/** Looked at once a second while it is used: a key that was taken out of the file opens nothing after that. */
function fileSource(path: string): KeySource {
  return {
    name: path,
    maxAgeMs: 1_000,
    leastPauseMs: 1_000,
    async read(knownVersion) {
      const { mtimeMs, size, ino } = await stat(path);
      const version = `${mtimeMs} ${size} ${ino}`;
      if (version === knownVersion) return undefined;
      if (size > MAX_KEY_BYTES) throw new Error(`larger than ${MAX_KEY_BYTES} bytes`);
      return { text: await readFile(path, "utf8"), version };
    },
  };
}

/** Issuers announce new keys some time before they use them; an unknown one is looked for sooner. */
function urlSource(url: string): KeySource {
  return {
    name: url,
    maxAgeMs: 300_000,
    leastPauseMs: 10_000,
    async read() {
      const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
      // A redirect could lead from https to anywhere.
      const response = await fetch(url, {
        signal,
        redirect: "error",
        headers: { Accept: "application/json" },
      });
      if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
      const text = await boundedText(response);
      return { text, version: text };
    },
  };
}

async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_KEY_BYTES) throw new Error(`larger than ${MAX_KEY_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
