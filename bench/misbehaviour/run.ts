import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { RoadNetwork } from "../../src/domain/road.ts";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { describeMachine, machineLine } from "../support/machine.ts";
import { markdownTable } from "../support/table.ts";
import { ATTACKS, type Attack, withAttack } from "./attacks.ts";
import { CONDITIONS, type Condition, isAsRecorded } from "./conditions.ts";
import { type Cost, measureCost } from "./cost.ts";
import { type PseudonymScheme, scoreIdentity } from "./identity.ts";
import { listen, type SenderOutcome } from "./listen.ts";
import { recordedTraffic } from "./recorded.ts";
import type { TrueReport } from "./report.ts";
import { type Score, scoreOf } from "./score.ts";
import { honestTraffic } from "./traffic.ts";
import { unitsAlong } from "./units.ts";

const MAP = "fixtures/maps/duisburg.geojson";
const TARGETS: Readonly<Record<Attack, number>> = {
  "constant-position": 0.99,
  "random-position": 0.99,
  "eventual-stop": 0.9,
  "random-offset": 0.85,
  "constant-offset": 0.7,
};
const SCHEMES: Readonly<Record<string, PseudonymScheme>> = {
  "no silence": { everyS: 120, silentFromS: 0, silentToS: 0 },
  "0.2 to 2 s": { everyS: 120, silentFromS: 0.2, silentToS: 2 },
  "3 to 13 s": { everyS: 120, silentFromS: 3, silentToS: 13 },
};

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "3" },
    vehicles: { type: "string", default: "300" },
    seconds: { type: "string", default: "420" },
    map: { type: "string", default: MAP },
    /** A CSV of trajectories instead of generated traffic, with the share of its vehicles that is drawn. */
    trajectories: { type: "string" },
    share: { type: "string", default: "0.5" },
    only: { type: "string" },
    out: { type: "string" },
    "no-cost": { type: "boolean", default: false },
    /** One small scene under the first condition. */
    smoke: { type: "boolean", default: false },
  },
});

type Outcomes = Record<string, Record<Attack, Score>>;

const roads = readRoadMap(JSON.parse(readFileSync(values.map, "utf8")), values.map);
const seeds = Array.from({ length: values.smoke ? 1 : Number(values.seeds) }, (_, i) => i + 1);
// Noise, loss and rate of recorded traffic are what they are.
const possible = values.trajectories === undefined ? CONDITIONS : CONDITIONS.filter(isAsRecorded);
const conditions = values.smoke ? possible.slice(0, 1) : possible;

async function trafficOf(condition: Condition, seed: number): Promise<TrueReport[]> {
  const seconds = Number(values.seconds);
  if (values.trajectories !== undefined) {
    return recordedTraffic(values.trajectories, {
      share: Number(values.share),
      fromS: 0,
      toS: seconds,
      seed,
    });
  }
  const { hz, noiseM, lastingShare, loss } = condition;
  return honestTraffic(roads, {
    seed,
    vehicles: Math.round(Number(values.vehicles) * condition.vehicleShare),
    seconds,
    hz,
    noiseM,
    lastingShare,
    loss,
  });
}

async function scoreCondition(condition: Condition): Promise<Record<Attack, Score>> {
  const pooled = new Map<Attack, SenderOutcome[]>(ATTACKS.map((attack) => [attack, []]));
  for (const seed of seeds) {
    const traffic = await trafficOf(condition, seed);
    for (const attack of ATTACKS) {
      const told = withAttack(traffic, attack, condition.attackers, seed);
      pooled.get(attack)?.push(...listen(told, knowledgeOf(condition, roads)).values());
    }
  }
  const scores = ATTACKS.map((attack) => [attack, scoreOf(pooled.get(attack) ?? [])] as const);
  return Object.fromEntries(scores) as Record<Attack, Score>;
}

function knowledgeOf({ map, units }: Condition, network: RoadNetwork) {
  return { roads: map ? network : undefined, units: units ? unitsAlong(network) : [] };
}

async function identityRows(): Promise<string[][]> {
  const [base] = CONDITIONS as readonly [Condition];
  const traffic = await trafficOf({ ...base, loss: 0 }, 1);
  return Object.entries(SCHEMES).map(([name, scheme]) => {
    const { changes, right, wrong, missed } = scoreIdentity(traffic, scheme, 1);
    const shares = [(100 * right) / changes, (100 * wrong) / Math.max(1, right + wrong)];
    return [
      name,
      String(changes),
      ...shares.map((share) => `${share.toFixed(2)} %`),
      String(wrong),
      String(missed),
    ];
  });
}

function report(outcomes: Outcomes, identity: readonly string[][], costs: readonly Cost[]): string {
  const head = [
    "condition",
    ...ATTACKS.map((attack) => `${attack} (≥ ${TARGETS[attack]})`),
    "honest accused",
  ];
  const rows = Object.entries(outcomes).map(([name, scores]) => {
    const honest = ATTACKS.map((attack) => scores[attack]);
    const accused = honest.reduce((sum, one) => sum + one.falselyAccused, 0);
    const all = honest.reduce((sum, one) => sum + one.senders - one.attackers, 0);
    return [name, ...ATTACKS.map((attack) => f1Text(scores[attack])), `${accused} of ${all}`];
  });
  const source = values.trajectories === undefined ? "generated traffic" : "recorded trajectories";
  return [
    `# Misbehaviour and pseudonyms\n`,
    `${machineLine(describeMachine())}; ${source}, seeds ${seeds.join(", ")}, map ${values.map.split("/").pop()}.\n`,
    `F1 per sender (recall in brackets); an attacker is a sender with at least one lie.\n`,
    markdownTable(head, rows),
    `\nPseudonyms changed every 120 s:\n`,
    markdownTable(["silence", "changes", "linked right", "wrong of links", "wrong", "missed"], identity),
    ...costs.map(
      ({ stations, reportNs, tickUs, allocatedBytes }) =>
        `\n${stations} stations: ${Math.round(reportNs)} ns per report of one core, ${Math.round(tickUs)} µs per tick, ${Math.round(allocatedBytes)} B allocated per report.`,
    ),
    "",
  ].join("\n");
}

function f1Text({ f1, recall }: Score): string {
  return `${f1.toFixed(3)} (${recall.toFixed(2)})`;
}

const outcomes: Outcomes = {};
for (const condition of conditions) {
  if (values.only !== undefined && condition.name !== values.only) continue;
  outcomes[condition.name] = await scoreCondition(condition);
  const scores = outcomes[condition.name] as Record<Attack, Score>;
  console.error(condition.name, ATTACKS.map((attack) => f1Text(scores[attack])).join("  "));
}
const costs = values["no-cost"] || values.smoke ? [] : [measureCost(1_000), measureCost(100_000)];
const text = report(outcomes, await identityRows(), costs);
if (values.out !== undefined) writeFileSync(values.out, text);
console.log(text);
const base = outcomes[CONDITIONS[0]?.name ?? ""];
const missed = base === undefined ? [] : ATTACKS.filter((attack) => base[attack].f1 < TARGETS[attack]);
if (missed.length > 0) {
  console.error(`below target: ${missed.join(", ")}`);
  process.exitCode = 1;
}
