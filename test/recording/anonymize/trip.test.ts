import { expect, test } from "vitest";
import { destinationPoint, distanceM } from "../../../src/geo/geodesy.ts";
import { isKept, type Trip, TripFollower } from "../../../src/recording/anonymize/trip.ts";

const HOME = { latitudeDeg: 51.43, longitudeDeg: 6.77 };
const TRIM = { distanceM: 300, durationMs: 60_000 };

interface Fix {
  readonly atMs: number;
  readonly eastM: number;
  readonly northM?: number;
}

const placeAt = ({ eastM, northM = 0 }: Fix) =>
  destinationPoint(destinationPoint(HOME, 90, eastM), 0, northM);

function tripOf(fixes: readonly Fix[], trim = TRIM): Trip {
  const follower = new TripFollower(trim, fixes[0]?.atMs ?? 0);
  for (const fix of fixes) {
    const { latitudeDeg, longitudeDeg } = placeAt(fix);
    follower.visit(fix.atMs, latitudeDeg, longitudeDeg);
  }
  return follower.finish();
}

const drive = (seconds: number, mps: number, fromS = 0, fromM = 0): Fix[] =>
  Array.from({ length: seconds * 10 }, (_, i) => ({
    atMs: (fromS + i / 10) * 1_000,
    eastM: fromM + (mps * i) / 10,
  }));

const keptOf = (fixes: readonly Fix[], trim = TRIM): Fix[] => {
  const trip = tripOf(fixes, trim);
  return fixes.filter(({ atMs }) => isKept(trip, atMs));
};

test("a fast trip loses its first and last minute, a slow one its first and last 300 m", () => {
  const fast = keptOf(drive(600, 30));
  expect(fast[0]?.atMs).toBe(60_000);
  expect(fast.at(-1)?.atMs).toBe(599_900 - 60_000);
  const slow = keptOf(drive(600, 2));
  expect(slow[0]?.eastM).toBeGreaterThanOrEqual(300);
  expect(slow[0]?.eastM).toBeLessThan(320);
  expect(slow.at(-1)?.eastM).toBeLessThanOrEqual(1_200 - 300);
  expect(slow.at(-1)?.eastM).toBeGreaterThan(1_200 - 300 - 100);
});

test("scatter while a vehicle stands is no way", () => {
  const standing = Array.from({ length: 6_000 }, (_, i) => ({
    atMs: i * 100,
    eastM: ((i * 7) % 11) - 5,
    northM: ((i * 5) % 13) - 6,
  }));
  expect(keptOf(standing)).toEqual([]);
  const thenDriving = [...standing, ...drive(300, 10, 600)];
  for (const fix of keptOf(thenDriving)) expect(fix.eastM).toBeGreaterThanOrEqual(290);
});

test("one bad fix far away neither ends the begin of a trip nor begins its end", () => {
  const fixes = drive(600, 5);
  fixes[50] = { atMs: 5_000, eastM: 5_000 };
  fixes[5_900] = { atMs: 590_000, eastM: 9_000 };
  const kept = keptOf(fixes, { distanceM: 300, durationMs: 0 });
  for (const { eastM } of kept) {
    expect(eastM).toBeGreaterThanOrEqual(300);
    expect(eastM).toBeLessThanOrEqual(3_000 - 300);
  }
});

test("a search for a place to park is cut whole, however long", () => {
  const search = Array.from({ length: 18_000 }, (_, i) => ({
    atMs: 600_000 + i * 100,
    eastM: 6_000 + 150 * Math.sin(i / 150),
    northM: 150 * Math.cos(i / 150) - 150,
  }));
  const trip = [...drive(600, 10), ...search];
  const end = placeAt(trip.at(-1) as Fix);
  const last = keptOf(trip).at(-1) as Fix;
  expect(distanceM(placeAt(last), end)).toBeGreaterThan(0);
  const cut = trip.filter(({ atMs }) => atMs > last.atMs);
  let wayM = 0;
  for (const [i, fix] of cut.entries())
    if (i > 0) wayM += distanceM(placeAt(cut[i - 1] as Fix), placeAt(fix));
  expect(wayM).toBeGreaterThan(1_000);
});

test("a walk round the block leaves nothing, and nothing is cut where no trimming is asked for", () => {
  const walk = Array.from({ length: 900 }, (_, i) => ({ atMs: i * 1_000, eastM: 100 * Math.sin(i / 143) }));
  expect(keptOf(walk)).toEqual([]);
  expect(keptOf(walk, { distanceM: 0, durationMs: 0 })).toEqual(walk);
});

test("the circles at both ends hold all that was cut there", () => {
  const fixes = drive(600, 30);
  const trip = tripOf(fixes);
  for (const fix of fixes) {
    const place = placeAt(fix);
    if (fix.atMs < trip.keepFromMs)
      expect(distanceM(trip.begin ?? HOME, place)).toBeLessThanOrEqual(trip.begin?.radiusM ?? 0);
    if (fix.atMs > trip.keepToMs)
      expect(distanceM(trip.end ?? HOME, place)).toBeLessThanOrEqual((trip.end?.radiusM ?? 0) + 75);
  }
});
