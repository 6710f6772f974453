import { signal } from "@preact/signals";

/** Difference of the server's clock to this machine's, ms; 0 until the server has told its time. */
let aheadMs = 0;

export const serverNow = (): number => Date.now() + aheadMs;

/** The server's time, once a second: ages grow by it even where nothing arrives. */
export const now = signal(serverNow());

setInterval(() => {
  now.value = serverNow();
}, 1_000);

export function setServerTime(serverTimeMs: number): void {
  aheadMs = serverTimeMs - Date.now();
  // A jump, as into the past, does not wait for the next second.
  if (Math.abs(serverTimeMs - now.peek()) > 1_500) now.value = serverTimeMs;
}
