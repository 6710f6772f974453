import { describe, expect, it, vi } from "vitest";
import { ATTACKS, withAttack } from "../../bench/misbehaviour/attacks.ts";
import { scoreIdentity } from "../../bench/misbehaviour/identity.ts";
import { listen } from "../../bench/misbehaviour/listen.ts";
import { scoreOf } from "../../bench/misbehaviour/score.ts";
import { honestTraffic } from "../../bench/misbehaviour/traffic.ts";
import { unitsAlong } from "../../bench/misbehaviour/units.ts";
import { duisburg } from "../support/roads.ts";

const roads = duisburg();
const OPTIONS = { seed: 11, vehicles: 90, seconds: 240, hz: 1, noiseM: 1.5, lastingShare: 0.5, loss: 0.1 };
const traffic = honestTraffic(roads, OPTIONS);

/** On a busy machine each of these takes seconds of traffic through the whole front. */
vi.setConfig({ testTimeout: 60_000 });

describe("attackers among honest vehicles", () => {
  it("are made without touching anybody else", () => {
    for (const attack of ATTACKS) {
      const told = withAttack(traffic, attack, 0.1, 3);
      expect(told.length).toBe(traffic.length);
      const liars = new Set(told.filter(({ isLie }) => isLie).map(({ stationId }) => stationId));
      expect(liars.size).toBeGreaterThan(0);
      expect(liars.size).toBeLessThan(30);
      const changed = told.filter(
        ({ isLie, latitudeDeg }, i) => !isLie && latitudeDeg !== traffic[i]?.latitudeDeg,
      );
      expect(changed).toEqual([]);
    }
  });

  const least = {
    "constant-position": 0.95,
    "random-position": 0.95,
    "eventual-stop": 0.75,
    "random-offset": 0.95,
  };
  it.each(Object.entries(least))("are found, honest ones are not accused: %s", (attack, f1) => {
    const told = withAttack(traffic, attack as keyof typeof least, 0.1, 3);
    const score = scoreOf(listen(told, { roads, units: unitsAlong(roads) }).values());
    expect(score.falselyAccused).toBe(0);
    expect(score.f1).toBeGreaterThanOrEqual(f1);
  });

  it("are told from nobody where there are none, at 5 m of noise", () => {
    const noisy = honestTraffic(roads, { ...OPTIONS, noiseM: 5, lastingShare: 0 });
    const score = scoreOf(listen(withAttack(noisy, "constant-offset", 0, 3), { roads, units: [] }).values());
    expect(score).toMatchObject({ attackers: 0, falselyAccused: 0 });
  });
});

describe("changing pseudonyms", () => {
  it("are followed, and nobody is taken for somebody else", () => {
    const scheme = { everyS: 60, silentFromS: 0, silentToS: 2 };
    const { changes, right, wrong } = scoreIdentity(honestTraffic(roads, { ...OPTIONS, loss: 0 }), scheme, 5);
    expect(changes).toBeGreaterThan(80);
    expect(right / changes).toBeGreaterThanOrEqual(0.97);
    expect(wrong).toBe(0);
  });
});
