import type { ServerTransport } from "./transport.ts";
import { type Uws, uwsTransport } from "./uws-engine.ts";
import { findStreamFault } from "./uws-self-test.ts";

export interface Unavailable {
  /** One clause for a log line. */
  readonly unavailable: string;
}

/** Loads uWebSockets.js and lets it prove on loopback that it delivers whole streams. Never throws. */
export async function loadUws(
  load: () => Promise<unknown> = importUws,
): Promise<ServerTransport | Unavailable> {
  try {
    const transport = uwsTransport(asUws(await load()));
    const fault = await findStreamFault(transport);
    return fault === undefined ? transport : { unavailable: `self-test of uWebSockets.js failed: ${fault}` };
  } catch (error) {
    return { unavailable: `uWebSockets.js does not load: ${firstLine(error)}` };
  }
}

function importUws(): Promise<unknown> {
  return import("uWebSockets.js");
}

/**
 * The repackaged module exports names; upstream's is CommonJS, whose names appear under `default`.
 * @throws Error where it is not that module
 */
export function asUws(module: unknown): Uws {
  const named = module as Partial<Uws> & { default?: Partial<Uws> };
  const uws = named.App === undefined ? named.default : named;
  if (uws?.App === undefined) throw new Error("the module has no App");
  return uws as Uws;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0] ?? message;
}
