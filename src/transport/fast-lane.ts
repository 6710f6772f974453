import type { ServerTransport } from "./transport.ts";
import { loadUws, type Unavailable } from "./uws.ts";
import { wsTransport } from "./ws.ts";

export interface FastLane {
  readonly engine: "uws" | "ws";
  readonly transport: ServerTransport;
  /** Why `ws` serves instead of uWebSockets.js; the caller logs it in one line. */
  readonly fallbackReason: string | undefined;
}

/** The fast lane's engine: uWebSockets.js where a build loads and passes its self-test, else `ws`. */
export async function pickFastLane(
  load: () => Promise<ServerTransport | Unavailable> = loadUws,
): Promise<FastLane> {
  const loaded = await load();
  return "unavailable" in loaded
    ? { engine: "ws", transport: wsTransport(), fallbackReason: loaded.unavailable }
    : { engine: "uws", transport: loaded, fallbackReason: undefined };
}
