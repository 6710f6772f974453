import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { freePort } from "../../bench/support/free-port.ts";
import { seededRandom } from "../../bench/support/random.ts";
import { temporaryFolder } from "../store/folders.ts";
import { buildBeforehand } from "../support/process.ts";
import { FallibleServer } from "./alert-world.ts";
import { allWasToldOnce } from "./told-once.ts";
import { produce, Witness } from "./witness.ts";

buildBeforehand();

/** `npm run test:fault` asks for 50 kills and 200 subscribers. */
const KILLS = Number(process.env["FAULT_KILLS"] ?? 3);
const SUBSCRIBERS = Number(process.env["FAULT_SUBSCRIBERS"] ?? 20);
const SEED = Number(process.env["FAULT_SEED"] ?? 1);
const PRODUCERS = 2;

const LONGEST_LIFE_MS = 1_000;
const TIMEOUT_MS = 60_000 + KILLS * 15_000;

describe("a server with an alert log that is killed under load", () => {
  // Without its state the log alone holds what was told: nothing that is told again from the inputs hides a loss.
  it.each([true, false])(
    `loses no transition and tells none twice: ${KILLS} kills, ${SUBSCRIBERS} subscribers, seed ${SEED}; state kept: %s`,
    { timeout: TIMEOUT_MS },
    async (keepsState) => {
      const folder = temporaryFolder();
      const server = new FallibleServer(await freePort(), folder, "--set", `store.keepState=${keepsState}`);
      const random = seededRandom(SEED);
      const stop = new AbortController();
      await server.start();
      const witnesses = Array.from(
        { length: SUBSCRIBERS },
        (_, index) => new Witness(server.url, SEED + index, index === 0),
      );
      const producing = Array.from({ length: PRODUCERS }, (_, index) =>
        produce(server.url, SEED + index, stop.signal),
      );
      for (let kill = 0; kill < KILLS; kill++) {
        // Something has been told, and a random while passes: the kill strikes in the midst of the work.
        const before = witnesses[0]?.reached ?? 0;
        await expect.poll(() => witnesses[0]?.reached, { timeout: 15_000 }).toBeGreaterThan(before + 20);
        await sleep(random() * LONGEST_LIFE_MS);
        await server.kill();
        await server.start();
        // It says how it began before it listens.
        if (keepsState) await server.process.logged("goes on where the server before it ended");
      }
      stop.abort();
      await Promise.all(producing);
      await allWasToldOnce(server, folder, witnesses);
      expect(witnesses.every(({ reconnects }) => reconnects >= KILLS)).toBe(true);
    },
  );
});
