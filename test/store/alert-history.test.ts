import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert, AlertKind, Severity } from "../../src/domain/alert.ts";
import { alertLine } from "../../src/domain/alert-json.ts";
import type { GeoBox } from "../../src/domain/place.ts";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";
import { prepareShape, type Shape } from "../../src/geo/shapes.ts";
import { AlertHistory, type HistoryQuery } from "../../src/store/alert-history.ts";
import { AlertIndex } from "../../src/store/alert-index.ts";
import type { DurableAlertLog } from "../../src/store/durable-alert-log.ts";
import { cellsAround, cellsOver } from "../../src/store/quad-cells.ts";
import { alert, START_MS } from "../deliver/world.ts";
import { openLog } from "./alert-log-world.ts";
import { temporaryFolder } from "./folders.ts";

const EVERYTHING: HistoryQuery = {
  fromMs: 0,
  toMs: Number.MAX_SAFE_INTEGER,
  area: undefined,
  filter: EVERY_ALERT,
  routes: [],
  alertId: "",
};

const e7 = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
const place = fc.record({
  latitudeDeg: fc.double({ min: -89, max: 89, noNaN: true }).map(e7),
  longitudeDeg: fc.double({ min: -180, max: 180, noNaN: true }).map(e7),
});
const near = fc.record({
  latitudeDeg: fc.double({ min: 51.3, max: 51.6, noNaN: true }).map(e7),
  longitudeDeg: fc.double({ min: 6.6, max: 6.9, noNaN: true }).map(e7),
});
const KINDS: readonly AlertKind[] = ["congestion", "obstacle", "wrong-way"];

const someAlert: fc.Arbitrary<Alert> = fc
  .record({
    points: fc.array(fc.oneof(near, near, place), { minLength: 1, maxLength: 4 }),
    kind: fc.constantFrom(...KINDS),
    causeCode: fc.constantFrom(1, 10, 14),
    severity: fc.constantFrom<Severity>(1, 2, 3, 4, 5),
    confirmed: fc.boolean(),
    route: fc.constantFrom("A3", "A40", undefined),
    id: fc.nat(30),
  })
  .map(({ points, kind, causeCode, severity, confirmed, route, id }) => {
    const [position = { latitudeDeg: 0, longitudeDeg: 0 }] = points;
    const road = route && { ref: route, direction: "Venlo", fromKm: 1, toKm: 2, text: route };
    return alert({
      alertId: `a${id}`,
      kind,
      causeCode,
      severity,
      tier: confirmed ? "confirmed" : "suspected",
      position,
      outline: points.length === 1 ? { form: "point", points } : { form: "line", points },
      road: road === undefined ? undefined : road,
    });
  });

const someShape: fc.Arbitrary<Shape | undefined> = fc.oneof(
  fc.constant(undefined),
  fc
    .tuple(fc.oneof(near, place), fc.integer({ min: 50, max: 400_000 }))
    .map(([center, radiusM]): Shape => ({ type: "circle", center, radiusM })),
  fc.tuple(near, near).map(([a, b]): Shape => ({ type: "box", box: boxOf(a, b) })),
  fc.tuple(place, place).map(([a, b]): Shape => ({ type: "box", box: boxOf(a, b) })),
);

function boxOf(
  a: { latitudeDeg: number; longitudeDeg: number },
  b: { latitudeDeg: number; longitudeDeg: number },
): GeoBox {
  return {
    southDeg: Math.min(a.latitudeDeg, b.latitudeDeg),
    northDeg: Math.max(a.latitudeDeg, b.latitudeDeg),
    westDeg: Math.min(a.longitudeDeg, b.longitudeDeg),
    eastDeg: Math.max(a.longitudeDeg, b.longitudeDeg),
  };
}

const someQuery: fc.Arbitrary<HistoryQuery> = fc.record({
  fromMs: fc.integer({ min: START_MS - 10, max: START_MS + 100 }),
  toMs: fc.integer({ min: START_MS, max: START_MS + 200 }),
  area: someShape,
  filter: fc.record({
    causeCodes: fc.subarray([1, 10, 14], { maxLength: 2 }),
    kinds: fc.subarray([...KINDS], { maxLength: 2 }),
    minSeverity: fc.constantFrom<Severity>(1, 1, 3),
    minConfidencePct: fc.constantFrom(0, 0, 90),
    confirmedOnly: fc.boolean(),
  }),
  routes: fc.subarray(["A3", "A40"], { maxLength: 1 }),
  alertId: fc.constantFrom("", "", "", "a1", "a12"),
});

/** By the words of the query, looking at every alert. */
function fits(told: Alert, { fromMs, toMs, area, filter, routes, alertId }: HistoryQuery): boolean {
  const { causeCodes, kinds, minSeverity, minConfidencePct, confirmedOnly } = filter;
  if (told.detectedAtMs < fromMs || told.detectedAtMs > toMs || !told.alertId.startsWith(alertId))
    return false;
  if (told.severity < minSeverity || told.confidencePct < minConfidencePct) return false;
  if (confirmedOnly && told.tier !== "confirmed") return false;
  if (causeCodes.length > 0 && !causeCodes.includes(told.causeCode)) return false;
  if (kinds.length > 0 && !kinds.includes(told.kind)) return false;
  if (routes.length > 0 && (told.road === undefined || !routes.includes(told.road.ref))) return false;
  return area === undefined || prepareShape(area).intersects(told.outline);
}

function indexAll(index: AlertIndex): void {
  while (index.follow());
}

async function withLog(
  alerts: readonly Alert[],
  use: (log: DurableAlertLog, folder: string) => Promise<void>,
): Promise<void> {
  const folder = temporaryFolder();
  const log = openLog(folder, { segmentBytes: 8_192, maxBytes: 20_000 });
  for (const told of alerts) log.append([told]);
  await use(log, folder);
  log.close();
}

describe("the history of alerts", () => {
  it("finds what looking at every alert finds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someAlert, { minLength: 1, maxLength: 120 }),
        fc.array(someQuery, { minLength: 1, maxLength: 20 }),
        async (alerts, queries) => {
          const timed = alerts.map((each, i) => ({ ...each, detectedAtMs: START_MS + i }));
          await withLog(timed, async (log, folder) => {
            const index = new AlertIndex(folder, log);
            indexAll(index);
            const history = new AlertHistory(folder);
            for (const query of [EVERYTHING, ...queries]) {
              const found = [...history.query(query)].map(
                (entry) => `${entry.sequence} ${alertLine(entry.alert)}`,
              );
              const expected = timed.flatMap((told, i) =>
                fits(told, query) ? [`${i + 1} ${alertLine(told)}`] : [],
              );
              expect(found).toEqual(expected);
            }
            await history.close();
            await index.close();
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  it("forgets what has left the log, follows what comes, and is made anew in another epoch", async () => {
    const alerts = Array.from({ length: 400 }, (_, i) => alert({ alertId: `a${i}` }));
    await withLog(alerts, async (log, folder) => {
      const index = new AlertIndex(folder, log);
      indexAll(index);
      const history = new AlertHistory(folder);
      const numbers = () => [...history.query(EVERYTHING)].map(({ sequence }) => sequence);
      expect(numbers()).toHaveLength(400);
      log.retain();
      expect(log.oldest).toBeGreaterThan(200);
      log.append([alert({ alertId: "later" })]);
      indexAll(index);
      expect(numbers()).toEqual(Array.from({ length: 402 - log.oldest }, (_, i) => log.oldest + i));
      expect([...history.query({ ...EVERYTHING, alertId: "later" })]).toHaveLength(1);
      expect([...history.query({ ...EVERYTHING, alertId: "a1" })]).toHaveLength(0);
      await history.close();
      await index.close();
      const again = new AlertIndex(folder, log);
      expect(again.behind).toBe(0);
      await again.close();
      const elsewhere = new AlertIndex(
        folder,
        Object.create(log, { epoch: { value: 5 }, newest: { value: 401 }, oldest: { value: log.oldest } }),
      );
      expect(elsewhere.behind).toBe(402 - log.oldest);
      await elsewhere.close();
    });
  });

  it("says what is missing where there is no log", () => {
    expect(() => new AlertHistory(join(temporaryFolder(), "none"))).toThrow("holds no index of alerts");
  });
});

describe("cells of the quadtree", () => {
  it("of a box inside another share a beginning with the other's", () => {
    fc.assert(
      fc.property(place, place, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, part) => {
        const outer = boxOf(a, b);
        const inner = boxOf(a, {
          latitudeDeg: a.latitudeDeg + (b.latitudeDeg - a.latitudeDeg) * part,
          longitudeDeg: a.longitudeDeg + (b.longitudeDeg - a.longitudeDeg) * part,
        });
        const wide = cellsOver(outer, 32);
        expect(wide.length).toBeLessThanOrEqual(32);
        for (const cell of cellsOver(inner, 4)) {
          const related = [cell, ...cellsAround(cell)];
          expect(wide.some((each) => related.includes(each) || each.startsWith(cell))).toBe(true);
        }
      }),
    );
  });
});
