import type { AlertKind } from "../domain/alert.ts";
import type { GeoPoint } from "../domain/place.ts";
import { distanceM, headingDifferenceDeg } from "../geo/geodesy.ts";
import { type Episode, startOf } from "./episode.ts";
import { HAZARD_CLASSES } from "./hazard-class.ts";
import { MAX_ACROSS_DEG } from "./road-line.ts";

/** The same alert under two configurations, or one that only one of them gives. */
export interface AlertChange {
  readonly change: "gained" | "lost" | "earlier" | "later" | "same";
  readonly kind: AlertKind;
  readonly a: Side | undefined;
  readonly b: Side | undefined;
  /** How much later b begins, s; undefined for alerts of one side. */
  readonly startDifferenceS: number | undefined;
  /** How much later b confirms; undefined where one side never does. */
  readonly confirmDifferenceS: number | undefined;
  readonly endDifferenceS: number | undefined;
}

/** One alert of one side. */
export interface Side {
  readonly alertId: string;
  readonly startMs: number;
  readonly confirmedMs: number | undefined;
  readonly endMs: number;
  readonly place: GeoPoint;
}

/** Alerts that begin this near each other begin together: one tick of a pipeline is 50 ms. */
const SAME_S = 0.1;

/** An alert may move this long before the other side tells of the same thing. */
const APART_MS = 30_000;

/**
 * Pairs the alerts of two runs of one recording: same kind and direction, within the tolerance of the kind, live at the same
 * time or at most 30 s apart; longest common time first, one to one.
 */
export function compareEpisodes(as: readonly Episode[], bs: readonly Episode[]): readonly AlertChange[] {
  const changes = HAZARD_CLASSES.flatMap(({ kind, toleranceM }) =>
    pairKind(
      as.filter((episode) => episode.kind === kind),
      bs.filter((episode) => episode.kind === kind),
      toleranceM,
    ),
  );
  const startOfChange = ({ a, b }: AlertChange): number =>
    Math.min(a?.startMs ?? Infinity, b?.startMs ?? Infinity);
  return changes.sort((x, y) => startOfChange(x) - startOfChange(y) || (x.kind < y.kind ? -1 : 1));
}

function pairKind(
  as: readonly Episode[],
  bs: readonly Episode[],
  toleranceM: number,
): readonly AlertChange[] {
  const pairs = as
    .flatMap((a) => bs.map((b) => ({ a, b, commonMs: commonMs(a, b, toleranceM) })))
    .filter(({ commonMs: common }) => common > -APART_MS)
    .sort(
      (x, y) =>
        y.commonMs - x.commonMs ||
        startOf(x.a) - startOf(y.a) ||
        startOf(x.b) - startOf(y.b) ||
        (x.a.alertId + x.b.alertId < y.a.alertId + y.b.alertId ? -1 : 1),
    );
  const taken = new Set<Episode>();
  const changes: AlertChange[] = [];
  for (const { a, b } of pairs) {
    if (taken.has(a) || taken.has(b)) continue;
    taken.add(a).add(b);
    changes.push(changeOf(a, b));
  }
  for (const a of as) if (!taken.has(a)) changes.push(oneSided("lost", a));
  for (const b of bs) if (!taken.has(b)) changes.push(oneSided("gained", b));
  return changes;
}

/** Whether two alerts of one kind were live together at one place. */
export function isAboutTheSame(a: Episode, b: Episode): boolean {
  const toleranceM = HAZARD_CLASSES.find(({ kind }) => kind === a.kind)?.toleranceM ?? 0;
  return a.kind === b.kind && commonMs(a, b, toleranceM) > 0;
}

/** Time in which both are live, ms; negative is the gap between them; −∞ where they are about other things. */
function commonMs(a: Episode, b: Episode, toleranceM: number): number {
  if (!isSameTraffic(a, b)) return Number.NEGATIVE_INFINITY;
  const isNear = a.revisions.some((mine) =>
    b.revisions.some((other) => distanceM(mine.position, other.position) <= toleranceM),
  );
  if (!isNear) return Number.NEGATIVE_INFINITY;
  return Math.min(a.endMs, b.endMs) - Math.max(startOf(a), startOf(b));
}

function isSameTraffic(a: Episode, b: Episode): boolean {
  const mine = a.revisions[0]?.headingDeg;
  const other = b.revisions[0]?.headingDeg;
  return mine === undefined || other === undefined || headingDifferenceDeg(mine, other) <= MAX_ACROSS_DEG;
}

function changeOf(first: Episode, second: Episode): AlertChange {
  const a = sideOf(first);
  const b = sideOf(second);
  const startDifferenceS = (b.startMs - a.startMs) / 1_000;
  const isSame = Math.abs(startDifferenceS) < SAME_S;
  return {
    change: isSame ? "same" : startDifferenceS < 0 ? "earlier" : "later",
    kind: first.kind,
    a,
    b,
    startDifferenceS,
    confirmDifferenceS:
      a.confirmedMs === undefined || b.confirmedMs === undefined
        ? undefined
        : (b.confirmedMs - a.confirmedMs) / 1_000,
    endDifferenceS: (b.endMs - a.endMs) / 1_000,
  };
}

function oneSided(change: "gained" | "lost", episode: Episode): AlertChange {
  const side = sideOf(episode);
  return {
    change,
    kind: episode.kind,
    a: change === "lost" ? side : undefined,
    b: change === "gained" ? side : undefined,
    startDifferenceS: undefined,
    confirmDifferenceS: undefined,
    endDifferenceS: undefined,
  };
}

function sideOf(episode: Episode): Side {
  return {
    alertId: episode.alertId,
    startMs: startOf(episode),
    confirmedMs: episode.revisions.find(({ tier }) => tier === "confirmed")?.atMs,
    endMs: episode.endMs,
    place: (episode.revisions[0] as (typeof episode.revisions)[number]).position,
  };
}
