import type { RoadNetwork } from "../domain/road.ts";
import { headingDifferenceDeg } from "../geo/geodesy.ts";
import type { FitSample } from "../geo/road/map-fit.ts";
import { Network } from "../geo/road/network.ts";

/** How often samples are taken over. */
export const MAP_LOOK_MS = 5_000;

/** What was seen counts half after 50 looks, about four minutes. */
const KEPT_SHARE = 0.986;

/** Areas are about 11 by 7 km: a shifted tile, a road that was moved. */
const AREA_DEG = 0.1;

/** More areas are not watched: a country has some thousand, and few go wrong at a time. */
const MAX_AREAS = 4_096;

/** Whoever drives within this of a road of the map, along it, ought to be on it. */
const NEAR_M = 150;
const ALONG_DEG = 25;

/** Before so many reports of so many stations nothing is said; below this an area is forgotten. */
const LEAST_REPORTS = 40;
const LEAST_STATIONS = 5;
const FORGOTTEN_REPORTS = 1;

/** Less than this on its lanes is no fit (as `roadpulse evaluate` asks); from the second on it fits again. */
const MISFIT_SHARE = 0.5;
const FIT_SHARE = 0.65;

/** Of all traffic: below this share near any road the map is one of another place. */
const ELSEWHERE_SHARE = 0.02;

/** Searches of the map in one look; each takes about 20 µs. */
const MAX_SEARCHES = 256;

/** Stations told apart per area; more prove nothing further. */
const MAX_STATIONS = 16;

/** In warnings and metrics. */
const MAX_NAMED = 5;
const MAX_SERIES = 64;

interface Area {
  readonly name: string;
  reports: number;
  fitting: number;
  readonly stations: Set<object>;
  isMisfit: boolean;
}

export interface FitChange {
  /** South-west corner, `latitude,longitude`; `everywhere` for the whole map. */
  readonly area: string;
  readonly fits: boolean;
  readonly sharePct: number;
}

/**
 * Watches whether the traffic drives where the map has roads: a map that is shifted, outdated, of the other driving side or of
 * another place makes most of what is told of roads wrong, in silence. Traffic far from all roads of the map says nothing:
 * a map may hold motorways only.
 */
export class MapWatch {
  readonly #network: Network | undefined;
  readonly #onChange: (change: FitChange) => void;
  readonly #areas = new Map<string, Area>();
  readonly #everywhere = emptyArea("everywhere");
  #searches = 0;

  constructor(roads: RoadNetwork, onChange: (change: FitChange) => void) {
    this.#network = roads instanceof Network ? roads : undefined;
    this.#onChange = onChange;
  }

  /** Takes over what was sampled since the last call. */
  look(): void {
    this.#searches = 0;
    for (const [key, area] of this.#areas) if (this.#fades(area)) this.#areas.delete(key);
    this.#fades(this.#everywhere);
    this.#network?.fit.take((sample) => this.#take(sample));
    for (const area of this.#areas.values()) this.#judge(area, MISFIT_SHARE, FIT_SHARE);
    this.#judge(this.#everywhere, ELSEWHERE_SHARE, ELSEWHERE_SHARE);
  }

  /** One sentence where something does not fit. */
  warning(): string | undefined {
    if (this.#everywhere.isMisfit)
      return "The map does not fit the traffic: hardly anything drives near its roads.";
    const areas = [...this.#areas.values()].filter(({ isMisfit }) => isMisfit).map(({ name }) => name);
    if (areas.length === 0) return undefined;
    const more = areas.length > MAX_NAMED ? ` and ${areas.length - MAX_NAMED} more` : "";
    return `The map does not fit the traffic near ${areas.sort().slice(0, MAX_NAMED).join("; ")}${more}.`;
  }

  /** Areas that enough is known of, the worst first. */
  shares(): readonly { readonly area: string; readonly share: number }[] {
    return [...this.#areas.values()]
      .filter(isKnown)
      .map((area) => ({ area: area.name, share: shareOf(area) }))
      .sort((a, b) => a.share - b.share || (a.area < b.area ? -1 : 1))
      .slice(0, MAX_SERIES);
  }

  #take(sample: FitSample): void {
    const isNear = sample.fits || this.#isNearRoad(sample);
    if (isNear === undefined) return;
    add(this.#everywhere, sample, isNear);
    if (!isNear) return;
    const name = nameOf(sample);
    let area = this.#areas.get(name);
    if (area === undefined) {
      if (this.#areas.size >= MAX_AREAS) return;
      area = emptyArea(name);
      this.#areas.set(name, area);
    }
    add(area, sample, sample.fits);
  }

  /** Undefined where there is no time to look. */
  #isNearRoad({ latitudeDeg, longitudeDeg, courseDeg }: FitSample): boolean | undefined {
    if (this.#network === undefined || Number.isNaN(courseDeg) || this.#searches >= MAX_SEARCHES)
      return undefined;
    this.#searches++;
    const { lines } = this.#network;
    return this.#network.near({ latitudeDeg, longitudeDeg }, NEAR_M).some(({ link, offsetM }) => {
      const line = lines[link.index];
      if (line === undefined) return false;
      const offDeg = headingDifferenceDeg(line.headingsDeg[line.segmentAt(offsetM)] ?? 0, courseDeg);
      return Math.min(offDeg, 180 - offDeg) <= ALONG_DEG;
    });
  }

  #fades(area: Area): boolean {
    area.reports *= KEPT_SHARE;
    area.fitting *= KEPT_SHARE;
    return area.reports < FORGOTTEN_REPORTS && !area.isMisfit;
  }

  #judge(area: Area, misfitBelow: number, fitsFrom: number): void {
    if (!isKnown(area)) return;
    const share = shareOf(area);
    const isMisfit = area.isMisfit ? share < fitsFrom : share < misfitBelow;
    if (isMisfit === area.isMisfit) return;
    area.isMisfit = isMisfit;
    this.#onChange({ area: area.name, fits: !isMisfit, sharePct: Math.round(share * 100) });
  }
}

function emptyArea(name: string): Area {
  return { name, reports: 0, fitting: 0, stations: new Set(), isMisfit: false };
}

function add(area: Area, { track }: FitSample, fits: boolean): void {
  area.reports++;
  if (fits) area.fitting++;
  if (track !== undefined && area.stations.size < MAX_STATIONS) area.stations.add(track);
}

function isKnown({ reports, stations }: Area): boolean {
  return reports >= LEAST_REPORTS && stations.size >= LEAST_STATIONS;
}

function shareOf({ reports, fitting }: Area): number {
  return reports === 0 ? 1 : Math.round((fitting / reports) * 1_000) / 1_000;
}

function nameOf({ latitudeDeg, longitudeDeg }: FitSample): string {
  const corner = (deg: number): string => (Math.floor(deg / AREA_DEG) * AREA_DEG).toFixed(1);
  return `${corner(latitudeDeg)},${corner(longitudeDeg)}`;
}
