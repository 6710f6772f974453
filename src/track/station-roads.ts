import { isVulnerable, type StationType } from "../domain/station.ts";
import type { RoadMatcher, RoadReport } from "../geo/road/road-matcher.ts";
import type { Station } from "./station.ts";

/** Keeps the road on which each station drives. */
export class StationRoads {
  readonly matcher: RoadMatcher;
  /** Written anew for each report, so that none allocates. */
  readonly #report: RoadReport = {
    latitudeE7: 0,
    longitudeE7: 0,
    atMs: Number.NaN,
    speedMps: Number.NaN,
    headingDeg: Number.NaN,
    accuracyM: Number.NaN,
  };

  constructor(matcher: RoadMatcher) {
    this.matcher = matcher;
  }

  /** Takes over where a station is now; its new place and motion stand in it already. */
  follow(station: Station, accuracyM: number | undefined): void {
    if (!drivesOnRoads(station.stationType)) {
      station.road = undefined;
      station.track = undefined;
      return;
    }
    const report = this.#report;
    report.latitudeE7 = station.latitudeE7;
    report.longitudeE7 = station.longitudeE7;
    report.atMs = station.observedAtMs;
    report.speedMps = station.speedMps ?? Number.NaN;
    report.headingDeg = station.headingDeg ?? Number.NaN;
    report.accuracyM = accuracyM ?? Number.NaN;
    station.track ??= this.matcher.newTrack();
    station.road = this.matcher.update(station.track, report);
  }
}

/** People on foot or bicycles, trams and roadside units may be beside a road or cross it as well as drive along it. */
function drivesOnRoads(type: StationType): boolean {
  return !isVulnerable(type) && type !== "infrastructure" && type !== "tram";
}
