import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { freePort } from "../../bench/support/free-port.ts";
import { seededRandom } from "../../bench/support/random.ts";
import { temporaryFolder } from "../store/folders.ts";
import { buildBeforehand } from "../support/process.ts";
import { FallibleServer } from "./alert-world.ts";
import { fill, smallDisk } from "./small-disk.ts";
import { allWasToldOnce } from "./told-once.ts";
import { produce, Witness } from "./witness.ts";

buildBeforehand();

/** `npm run test:fault` asks for 10 rounds and 200 subscribers. */
const ROUNDS = Math.max(1, Math.round(Number(process.env["FAULT_KILLS"] ?? 5) / 5));
const SUBSCRIBERS = Number(process.env["FAULT_SUBSCRIBERS"] ?? 10);
const SEED = Number(process.env["FAULT_SEED"] ?? 1);

const HOUR_MS = 3_600_000;
const LONGEST_MS = 1_000;

interface Scene {
  readonly server: FallibleServer;
  readonly folder: string;
  readonly random: () => number;
  /** How the server's world is to be from now on. */
  order(orders: { readonly clockOffsetMs: number; readonly syncsFail: boolean }): void;
  /** Alerts go on being told. */
  goesOn(): Promise<void>;
}

type Fault = (scene: Scene, round: number) => Promise<void>;

const whole = { clockOffsetMs: 0, syncsFail: false };

async function restart({ server }: Scene): Promise<void> {
  await server.kill();
  await server.start();
}

/** The wall clock jumps while the server runs and its subscribers listen, and once more the other way. */
function clockStep(byMs: number): Fault {
  return async (scene) => {
    scene.order({ ...whole, clockOffsetMs: byMs });
    await scene.goesOn();
    await restart(scene);
    await scene.goesOn();
    scene.order(whole);
    await scene.goesOn();
    await restart(scene);
  };
}

const FAULTS: readonly (readonly [string, Fault])[] = [
  [
    "stands still for up to a second, and is killed while it stands every other time",
    async (scene, round) => {
      const { child } = scene.server.process;
      child.kill("SIGSTOP");
      await sleep(scene.random() * LONGEST_MS);
      if (round % 2 === 1) return restart(scene);
      child.kill("SIGCONT");
    },
  ],
  [
    "finds its disk full, and is killed when there is room again",
    async (scene) => {
      const filler = join(scene.folder, "filler");
      fill(filler);
      await expect
        .poll(() => scene.server.metric("roadpulse_store_write_failures_total"), { timeout: 20_000 })
        .toBeGreaterThan(0);
      await scene.goesOn();
      rmSync(filler);
      await expect.poll(() => scene.server.metric("roadpulse_store_unwritten"), { timeout: 20_000 }).toBe(0);
      expect(await scene.server.metric("roadpulse_store_lost_total")).toBe(0);
      await restart(scene);
    },
  ],
  [
    "meets failing syncs of its disk, and is killed meanwhile",
    async (scene) => {
      scene.order({ ...whole, syncsFail: true });
      await expect
        .poll(() => scene.server.metric("roadpulse_store_sync_failures_total"), { timeout: 20_000 })
        .toBeGreaterThan(0);
      await scene.goesOn();
      scene.order(whole);
      await restart(scene);
    },
  ],
  ["has its clock set an hour ahead and back, before and between its starts", clockStep(HOUR_MS)],
  ["has its clock set back an hour and on again, before and between its starts", clockStep(-HOUR_MS)],
];

describe("a server with an alert log, under load, that", () => {
  const disk = smallDisk(48);
  it.each(FAULTS)(
    `%s: loses no transition, tells none twice (${ROUNDS} rounds, ${SUBSCRIBERS} subscribers)`,
    {
      timeout: 120_000 + ROUNDS * 30_000,
    },
    async (name, fault) => {
      const needsDisk = name.includes("disk full");
      if (needsDisk && disk === undefined) return;
      const folder = (needsDisk ? disk : undefined) ?? temporaryFolder();
      const file = join(mkdtempSync(join(tmpdir(), "roadpulse-orders-")), "orders.json");
      const order = (orders: object): void => writeFileSync(file, JSON.stringify(orders));
      order(whole);
      const server = new FallibleServer(await freePort(), folder);
      server.env = {
        NODE_OPTIONS: `--import ${resolve("test/fault/preload.mjs")}`,
        FAULT_ORDERS: file,
      };
      await server.start();
      const witnesses = Array.from(
        { length: SUBSCRIBERS },
        (_, at) => new Witness(server.url, SEED + at, at === 0),
      );
      const stop = new AbortController();
      const producing = [SEED, SEED + 1].map((seed) => produce(server.url, seed, stop.signal));
      const random = seededRandom(SEED);
      const goesOn = async (): Promise<void> => {
        const before = witnesses[0]?.reached ?? 0;
        await expect.poll(() => witnesses[0]?.reached, { timeout: 30_000 }).toBeGreaterThan(before + 20);
        await sleep(random() * 300);
      };
      for (let round = 0; round < ROUNDS; round++) {
        await goesOn();
        await fault({ server, folder, random, order, goesOn }, round);
      }
      await goesOn();
      stop.abort();
      await Promise.all(producing);
      await allWasToldOnce(server, folder, witnesses);
    },
  );
});
