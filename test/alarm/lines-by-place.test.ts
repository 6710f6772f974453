import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlarmPlace } from "../../src/alarm/alarm-input.ts";
import { Alarms } from "../../src/alarm/alarms.ts";
import { lineFor } from "../../src/alarm/grouping.ts";
import { type Line, MAX_CONDITIONS, newLine } from "../../src/alarm/line.ts";
import { LinesByPlace } from "../../src/alarm/lines-by-place.ts";
import { DEFAULT_ALARM_SETTINGS } from "../../src/alarm/settings.ts";
import { alertOf, atKm, T0 } from "./support.ts";

/** On three roads or off them, at borders of cells, at the antimeridian. */
const place: fc.Arbitrary<AlarmPlace> = fc
  .record({
    latitudeDeg: fc.double({ min: 51.249, max: 51.252, noNaN: true }),
    longitudeDeg: fc.oneof(
      fc.double({ min: 6.748, max: 6.752, noNaN: true }),
      fc.double({ min: 179.998, max: 180, noNaN: true }),
      fc.double({ min: -180, max: -179.998, noNaN: true }),
    ),
    road: fc.option(
      fc.record({ ref: fc.constantFrom("A40", "A59"), km: fc.double({ min: 0, max: 20, noNaN: true }) }),
      {
        nil: undefined,
      },
    ),
  })
  .map(({ latitudeDeg, longitudeDeg, road }) => ({
    latitudeDeg,
    longitudeDeg,
    fast: true,
    ...(road && { road: { ref: road.ref, direction: "Venlo", fromKm: road.km, toKm: road.km } }),
  }));

const lineAt = (ordinal: number, places: AlarmPlace[]): Line => ({
  ...newLine(`l${ordinal}`, ordinal, alertOf("a"), "road-event"),
  places,
});

describe("alarms by place", () => {
  it("find the alarm that a look at all of them finds, whatever has moved or gone", () => {
    const rule = DEFAULT_ALARM_SETTINGS.rules["stationary-vehicle"];
    fc.assert(
      fc.property(
        fc.array(fc.array(place, { minLength: 1, maxLength: 3 }), { maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(29), fc.option(place, { nil: undefined })), { maxLength: 10 }),
        place,
        (all, moves, where) => {
          const lines = all.map((places, i) => lineAt(i, places));
          const index = new LinesByPlace();
          for (const line of lines) index.put(line);
          const gone = new Set<Line>();
          for (const [i, to] of moves) {
            const line = lines[i];
            if (line === undefined) continue;
            if (to === undefined) gone.add(line);
            else line.places = [to];
            if (gone.has(line)) index.remove(line);
            else index.put(line);
          }
          const left = lines.filter((line) => !gone.has(line));
          const alert = alertOf("new", { place: where });
          expect(lineFor(alert, index.near(where), T0, rule)).toBe(lineFor(alert, left, T0, rule));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a storm of alerts", () => {
  it("at one place makes alarms of a size that can be read, and leaves none out", () => {
    const alarms = new Alarms();
    const alerts = 5 * MAX_CONDITIONS;
    for (let i = 0; i < alerts; i++)
      alarms.take({
        type: "alert",
        atMs: T0 + i,
        alert: alertOf(`a${i}`, { beganAtMs: T0 + i, place: atKm(12) }),
      });
    expect(alarms.size).toBe(5);
    const views = [...alarms.ids()].flatMap((id) => alarms.view(id) ?? []);
    expect(new Set(views.flatMap(({ children }) => children)).size).toBe(alerts);
    for (const { children } of views) expect(children.length).toBeLessThanOrEqual(MAX_CONDITIONS);
  });
});
