import { describe, expect, it } from "vitest";
import { freePort } from "../../bench/support/free-port.ts";
import type { Incident } from "../../src/api/contract/incidents.ts";
import { KAISERBERG, Operator } from "../server/centre/centre-world.ts";
import { temporaryFolder } from "../store/folders.ts";
import { buildBeforehand } from "../support/process.ts";
import { FallibleServer } from "./alert-world.ts";

buildBeforehand();

const KILLS = Number(process.env["FAULT_KILLS"] ?? 2);
const OPERATORS = 4;
const TIMEOUT_MS = 60_000 + KILLS * 30_000;

describe("a server that is killed while operators work", () => {
  it(`has every act that it has answered, and no other: ${KILLS} kills`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    const port = await freePort();
    const server = new FallibleServer(port, temporaryFolder(), "--set", "store.keepState=false");
    const at = { httpUrl: `http://127.0.0.1:${port}` };
    /** What each operator was answered last. */
    const answered = new Map<string, Incident>();
    for (let kill = 0; kill < KILLS; kill++) {
      await server.start();
      for (const incident of answered.values()) {
        const present = await new Operator(at, "after").get(`/v1/incidents/${incident.incidentId}`);
        // One act may have been written whose answer the kill has cut off.
        expect(present.body.revision - incident.revision).toBeLessThanOrEqual(1);
        expect(present.body.log.slice(0, incident.log.length)).toEqual(incident.log);
        if (present.body.revision === incident.revision) expect(present.body).toEqual(incident);
      }
      const working = Array.from({ length: OPERATORS }, (_, index) => work(at, `${kill}-${index}`, answered));
      await expect.poll(() => acts(answered), { timeout: 20_000 }).toBeGreaterThan((kill + 1) * 100);
      await server.kill();
      await Promise.all(working);
    }
    expect(acts(answered)).toBeGreaterThan(KILLS * 100);
  });
});

const acts = (answered: ReadonlyMap<string, Incident>): number =>
  [...answered.values()].reduce((sum, { revision }) => sum + revision, 0);

/** Opens an incident and writes notes until the server is gone. */
async function work(at: { httpUrl: string }, name: string, answered: Map<string, Incident>): Promise<void> {
  const operator = new Operator(at, name);
  try {
    let { body } = await operator.open({ type: "crash", title: name, place: KAISERBERG });
    for (let note = 0; ; note++) {
      answered.set(name, body);
      const { status, body: after } = await operator.act(body, { command: "note", text: `note ${note}` });
      expect(status).toBe(200);
      body = after;
    }
  } catch (error) {
    if (error instanceof Error && error.name === "AssertionError") throw error;
  }
}
