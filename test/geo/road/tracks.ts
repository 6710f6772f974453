import { seededRandom } from "../../../bench/support/random.ts";
import type { RoadMatch, RoadNetwork } from "../../../src/domain/road.ts";
import { bearingDeg } from "../../../src/geo/geodesy.ts";
import { RoadMatcher, type RoadReport } from "../../../src/geo/road/road-matcher.ts";
import type { RoadTrack } from "../../../src/geo/road/road-track.ts";
import { type Metres, placeAt } from "../../support/roads.ts";

/** How a vehicle drives along a line of metres, and how it reports that. */
export interface Drive {
  readonly line: readonly Metres[];
  readonly speedMps: number;
  readonly hz?: number;
  /** Right of the line. */
  readonly rightM?: number;
  /** Standard deviation of the position per axis; errors drift with a time constant of 10 s. */
  readonly errorM?: number;
  readonly headingErrorDeg?: number;
  readonly seed?: number;
  /** Reported semi-major axis of the 95 % ellipse. */
  readonly accuracyM?: number;
  /** Does not report its heading. */
  readonly noHeading?: boolean;
}

/** One report with what is true. */
export interface DrivenReport extends RoadReport {
  readonly alongM: number;
}

const DRIFT_S = 10;
const FIRST_MS = 1_790_000_000_000;

/** Reports of a drive from the beginning of its line to its end. */
export function reportsOf(drive: Drive): DrivenReport[] {
  const { line, speedMps, hz = 1, rightM = 0, errorM = 0, headingErrorDeg = 0, seed = 1, noHeading } = drive;
  const random = seededRandom(seed);
  const noise = () => gauss(random);
  const keep = Math.exp(-1 / (hz * DRIFT_S));
  const error = { x: errorM * noise(), y: errorM * noise() };
  const reports: DrivenReport[] = [];
  const lengthM = lengthOf(line);
  for (let i = 0; (i * speedMps) / hz <= lengthM; i++) {
    const alongM = (i * speedMps) / hz;
    const { at, headingDeg } = placeOn(line, alongM, rightM);
    const place = placeAt([at[0] + error.x, at[1] + error.y]);
    reports.push({
      alongM,
      latitudeE7: Math.round(place.latitudeDeg * 1e7),
      longitudeE7: Math.round(place.longitudeDeg * 1e7),
      atMs: FIRST_MS + Math.round((i * 1_000) / hz),
      speedMps,
      headingDeg: noHeading ? Number.NaN : (headingDeg + headingErrorDeg * noise() + 360) % 360,
      accuracyM: drive.accuracyM ?? Number.NaN,
    });
    error.x = keep * error.x + Math.sqrt(1 - keep * keep) * errorM * noise();
    error.y = keep * error.y + Math.sqrt(1 - keep * keep) * errorM * noise();
  }
  return reports;
}

/** A match as it stood: the object itself changes. */
export type SeenMatch = Omit<RoadMatch, "link"> & { readonly link: string };

/** Matches of all reports, in their order; each is a copy. */
export function matchesOf(
  roads: RoadNetwork,
  reports: readonly RoadReport[],
  {
    matcher = new RoadMatcher(roads),
    track = matcher.newTrack(),
  }: { matcher?: RoadMatcher; track?: RoadTrack } = {},
): (SeenMatch | undefined)[] {
  return reports.map((report) => {
    const match = matcher.update(track, report);
    if (match === undefined) return undefined;
    const { offsetM, lateralM, routeM, against, steps, drivenM, confidence } = match;
    return { link: match.link.id, offsetM, lateralM, routeM, against, steps, drivenM, confidence };
  });
}

/** Ids of the links, each once while it lasts; `-` where none was matched, `!` behind links driven against. */
export function wayOf(matches: readonly (SeenMatch | undefined)[]): string {
  const names = matches.map((match) =>
    match === undefined ? "-" : `${match.link}${match.against ? "!" : ""}`,
  );
  return names.filter((name, i) => name !== names[i - 1]).join(" ");
}

/** Share of the matches that are on one of the links. */
export function shareOn(matches: readonly (SeenMatch | undefined)[], ...links: readonly string[]): number {
  return matches.filter((match) => match !== undefined && links.includes(match.link)).length / matches.length;
}

function gauss(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function lengthOf(line: readonly Metres[]): number {
  let lengthM = 0;
  for (let i = 1; i < line.length; i++) lengthM += lengthOfEdge(line, i);
  return lengthM;
}

function lengthOfEdge(line: readonly Metres[], i: number): number {
  const [from, to] = [line[i - 1] as Metres, line[i] as Metres];
  return Math.hypot(to[0] - from[0], to[1] - from[1]);
}

function placeOn(
  line: readonly Metres[],
  alongM: number,
  rightM: number,
): { at: Metres; headingDeg: number } {
  let restM = alongM;
  let i = 1;
  while (i < line.length - 1 && restM > lengthOfEdge(line, i)) restM -= lengthOfEdge(line, i++);
  const [from, to] = [line[i - 1] as Metres, line[i] as Metres];
  const edgeM = lengthOfEdge(line, i);
  const [east, north] = [(to[0] - from[0]) / edgeM, (to[1] - from[1]) / edgeM];
  return {
    at: [from[0] + east * restM + north * rightM, from[1] + north * restM - east * rightM],
    headingDeg: bearingDeg(placeAt(from), placeAt(to)),
  };
}
