import type { Receipt } from "../domain/delivery.ts";

/** What was found at one hop of the way from a producer's socket to a subscriber's. */
export interface Finding {
  readonly hop: string;
  readonly state: "ok" | "failed" | "skipped";
  /** What was seen, one phrase. */
  readonly text: string;
  /** What to do, one sentence. */
  readonly hint?: string;
}

/** A hop that is broken: what was seen, and what to do about it. */
export class HopFailure extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** A hop that does not apply, e.g. producers at a server that takes its time from a recording. */
export class HopSkipped extends Error {}

/** What the hops learn from one another. */
export interface Examination {
  readonly url: URL;
  readonly httpUrl: string;
  version: Readonly<Record<string, unknown>>;
  receipt: Receipt | undefined;
}

export interface Hop {
  readonly name: string;
  /** Without these the hop cannot be judged. */
  readonly needs: readonly string[];
  /** Answers what was seen, in one phrase. */
  run(examination: Examination): Promise<string>;
}

/** A healthy server answers within milliseconds; this long only a stuck one takes. */
export const PATIENCE_MS = 5_000;

/** Examines hop after hop, in the direction of the data. */
export async function* examineHops(hops: readonly Hop[], url: URL): AsyncGenerator<Finding> {
  const httpUrl = `${url.protocol === "wss:" ? "https" : "http"}://${url.host}`;
  const examination: Examination = { url, httpUrl, version: {}, receipt: undefined };
  const passed = new Set<string>();
  for (const hop of hops) {
    const finding = await judge(hop, examination, passed);
    if (finding.state === "ok") passed.add(hop.name);
    yield finding;
  }
}

async function judge(hop: Hop, examination: Examination, passed: ReadonlySet<string>): Promise<Finding> {
  const missing = hop.needs.find((name) => !passed.has(name));
  if (missing !== undefined) return { hop: hop.name, state: "skipped", text: `needs ${missing}` };
  try {
    return { hop: hop.name, state: "ok", text: await hop.run(examination) };
  } catch (error) {
    if (error instanceof HopSkipped) return { hop: hop.name, state: "skipped", text: error.message };
    const text = error instanceof Error ? error.message : String(error);
    const hint = error instanceof HopFailure ? error.hint : "The server's log may tell more.";
    return { hop: hop.name, state: "failed", text, hint };
  }
}
