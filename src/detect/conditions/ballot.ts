import type { DetectionContext } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { GeoPoint } from "../../domain/place.ts";
import type { RoadMatch } from "../../domain/road.ts";
import type { Book, ConditionState } from "./state.ts";
import { addDenial, addVote, cellKey, columnOf, MAX_CELLS, newCell, rowOf, type Vote } from "./vote.ts";

/** What a witness says; where and when stand in its frame. */
export interface Ballot {
  readonly voter: number;
  readonly isSensor: boolean;
  readonly place: GeoPoint;
  readonly headingDeg: number | undefined;
  readonly strengthPm: number;
  readonly level: number;
  readonly causeCode: number;
  readonly subCauseCode: number;
  /** Says so for as long as it lasts, and fast enough for that to count. */
  readonly isLasting?: boolean;
}

/** A witness that says the same again within this time, at the same place, has said nothing new. */
export const REPEATED_MS = 2_000;

/** Longer silence breaks what a witness says without a break. */
const UNBROKEN_MS = 15_000;

/** A fixed sensor may be silent between two readings without taking anything back. */
const SENSOR_UNBROKEN_MS = 900_000;

/** What lasts is told of at least once a second (EN 302 637-2 clause 6.1.3), give or take the channel. */
const NEXT_REPORT_MS = 1_200;

/** Notes a vote. A witness that has moved on leaves its older vote where it was. */
export function castVote(
  state: ConditionState,
  book: Book,
  ballot: Ballot,
  frame: Frame,
  context: DetectionContext,
): void {
  const key = cellKey(rowOf(ballot.place.latitudeDeg), columnOf(ballot.place.longitudeDeg));
  const known = book.voters.get(ballot.voter | 0);
  const gapMs = known === undefined ? 0 : frame.receivedAtMs - known.atMs;
  const isUnbroken = known !== undefined && gapMs <= (known.isSensor ? SENSOR_UNBROKEN_MS : UNBROKEN_MS);
  const match = ballot.isSensor ? undefined : context.stations.get(frame.stationId)?.road;
  if (isUnbroken && keyOf(known) === key) return renew(known, ballot, frame, match);
  let cell = book.cells.get(key);
  if (cell === undefined) {
    if (book.cells.size >= MAX_CELLS) {
      state.refused++;
      return;
    }
    cell = newCell(rowOf(ballot.place.latitudeDeg), columnOf(ballot.place.longitudeDeg));
    book.cells.set(key, cell);
  }
  const vote: Vote = {
    voter: ballot.voter,
    isSensor: ballot.isSensor,
    firstAtMs: isUnbroken ? known.firstAtMs : frame.receivedAtMs,
    atMs: frame.receivedAtMs,
    count: isUnbroken ? known.count + 1 : 1,
    latitudeDeg: ballot.place.latitudeDeg,
    longitudeDeg: ballot.place.longitudeDeg,
    firstLatitudeDeg: ballot.place.latitudeDeg,
    firstLongitudeDeg: ballot.place.longitudeDeg,
    headingDeg: ballot.headingDeg ?? -1,
    routeIndex: match?.link.route.index ?? -1,
    routeM: match?.routeM ?? -1,
    firstRouteM: match?.routeM ?? -1,
    lastedMs: known === undefined ? 0 : lastedMs(known, ballot, gapMs),
    trustPm: Math.round(context.trust.trustOf(ballot.voter) * 1_000),
    strengthPm: ballot.strengthPm,
    level: ballot.level,
    causeCode: ballot.causeCode,
    subCauseCode: ballot.subCauseCode,
    source: frame.source.name,
    receiver: frame.receiver,
  };
  const displaced = addVote(cell, vote);
  if (displaced !== undefined) forgetVote(book, displaced);
  book.voters.set(ballot.voter | 0, vote);
}

/** A vote that is in no cell any more is nobody's present one. */
export function forgetVote(book: Book, vote: Vote): void {
  if (book.voters.get(vote.voter | 0) === vote) book.voters.delete(vote.voter | 0);
}

function keyOf(vote: Vote): number {
  return cellKey(rowOf(vote.latitudeDeg), columnOf(vote.longitudeDeg));
}

function renew(vote: Vote, ballot: Ballot, frame: Frame, match: RoadMatch | undefined): void {
  vote.lastedMs = Math.max(vote.lastedMs, lastedMs(vote, ballot, frame.receivedAtMs - vote.atMs));
  vote.atMs = frame.receivedAtMs;
  vote.count++;
  vote.latitudeDeg = ballot.place.latitudeDeg;
  vote.longitudeDeg = ballot.place.longitudeDeg;
  vote.headingDeg = ballot.headingDeg ?? vote.headingDeg;
  if (match !== undefined) placeOnRoute(vote, match);
  vote.strengthPm = ballot.strengthPm;
  vote.level = ballot.level;
  vote.causeCode = ballot.causeCode;
  vote.subCauseCode = ballot.subCauseCode;
}

function lastedMs(known: Vote, { isLasting }: Ballot, gapMs: number): number {
  return isLasting === true && gapMs <= NEXT_REPORT_MS ? known.lastedMs + Math.round(gapMs) : 0;
}

function placeOnRoute(vote: Vote, match: RoadMatch): void {
  vote.routeM = match.routeM;
  if (vote.routeIndex === match.link.route.index) return;
  vote.routeIndex = match.link.route.index;
  vote.firstRouteM = match.routeM;
}

/** A witness is there and sees nothing of it. Counts only where others have said otherwise. */
export function castDenial(book: Book, voter: number, place: GeoPoint, atMs: number): void {
  if (book.cells.size === 0) return;
  const cell = book.cells.get(cellKey(rowOf(place.latitudeDeg), columnOf(place.longitudeDeg)));
  if (cell !== undefined) addDenial(cell, voter, place, atMs);
}

/** A fixed sensor that reads otherwise now takes back what it said. */
export function withdraw(book: Book, voter: number): void {
  const vote = book.voters.get(voter | 0);
  if (vote === undefined) return;
  book.voters.delete(voter | 0);
  const cell = book.cells.get(keyOf(vote));
  const place = cell?.votes.indexOf(vote) ?? -1;
  if (place >= 0) cell?.votes.splice(place, 1);
}
