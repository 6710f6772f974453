import { expect, test } from "vitest";
import { RoadMatcher } from "../../src/geo/road/road-matcher.ts";
import { type FitChange, MapWatch } from "../../src/server/map-watch.ts";
import { onRoad, T0 } from "../support/frames.ts";
import { straightMap } from "../support/straight-map.ts";

const map = () =>
  straightMap(
    { id: "east", route: "A40-east", fromM: 0, toM: 10_000 },
    { id: "west", route: "A40-west", fromM: 10_000, toM: 0, rightM: -15 },
  );

/** `cars` vehicles drive east, `rightM` beside the eastern carriageway, and report each second. */
function drive(matcher: RoadMatcher, cars: number, rightM: number, seconds: number, courseDeg = 90): void {
  for (let car = 0; car < cars; car++) {
    const track = matcher.newTrack();
    for (let s = 0; s < seconds; s++) {
      const { latitudeDeg, longitudeDeg } = onRoad(car * 30 + ((30 * s) % 3_000), rightM);
      matcher.update(track, {
        latitudeE7: Math.round(latitudeDeg * 1e7),
        longitudeE7: Math.round(longitudeDeg * 1e7),
        atMs: T0 + s * 1_000,
        speedMps: 30,
        headingDeg: courseDeg,
        accuracyM: Number.NaN,
      });
    }
  }
}

function watched() {
  const network = map();
  const changes: FitChange[] = [];
  return {
    matcher: new RoadMatcher(network),
    changes,
    watch: new MapWatch(network, (change) => changes.push(change)),
  };
}

test("a map on whose roads the traffic drives is no matter", () => {
  const { matcher, changes, watch } = watched();
  for (let i = 0; i < 10; i++) {
    drive(matcher, 20, 0, 100);
    watch.look();
  }
  expect(changes).toEqual([]);
  expect(watch.warning()).toBeUndefined();
  expect(watch.shares().map(({ share }) => share)).toEqual([1]);
});

test.each([
  ["is shifted by 60 m", 60, 90],
  ["is of the other driving side", 0, 270],
])("a map that %s is told once, and once when it fits again", (_, rightM, courseDeg) => {
  const { matcher, changes, watch } = watched();
  for (let i = 0; i < 5; i++) {
    drive(matcher, 20, rightM, 100, courseDeg);
    watch.look();
  }
  expect(changes).toEqual([{ area: "51.4,6.7", fits: false, sharePct: expect.any(Number) }]);
  expect(changes[0]?.sharePct).toBeLessThan(10);
  expect(watch.warning()).toBe("The map does not fit the traffic near 51.4,6.7.");
  for (let i = 0; i < 60; i++) {
    drive(matcher, 20, 0, 100);
    watch.look();
  }
  expect(changes.map(({ fits }) => fits)).toEqual([false, true]);
  expect(watch.warning()).toBeUndefined();
});

test("a map of another place is told as such; traffic off a map of motorways is no matter", () => {
  const elsewhere = watched();
  drive(elsewhere.matcher, 30, 5_000, 100);
  elsewhere.watch.look();
  expect(elsewhere.changes).toMatchObject([{ area: "everywhere", fits: false, sharePct: 0 }]);
  expect(elsewhere.watch.warning()).toMatch(/hardly anything/);

  const mixed = watched();
  drive(mixed.matcher, 30, 5_000, 100);
  drive(mixed.matcher, 10, 0, 100);
  mixed.watch.look();
  expect(mixed.changes).toEqual([]);
});

test("one station with a bad receiver is no fault of the map", () => {
  const { matcher, changes, watch } = watched();
  for (let i = 0; i < 3; i++) {
    drive(matcher, 1, 60, 2_000);
    watch.look();
  }
  expect(changes).toEqual([]);
});
