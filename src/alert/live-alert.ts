import type { Alert, AlertContent, AlertTier, Evidence, Severity } from "../domain/alert.ts";
import type { Detection } from "../domain/detection.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import {
  readArray,
  readContent,
  readNumber,
  readObject,
  readString,
  writePlain,
} from "../domain/snapshot-row.ts";

/** One alert between its beginning and its end. */
export interface LiveAlert {
  /** The revision that people know. */
  told: Alert;
  /** What it rests on, by `detector:key`, oldest first: the oldest leads. */
  readonly contributors: Map<string, Detection>;
  /** The last word of the contributor that ended last; decides the wording of the end. */
  last: Detection;
  /** When the held end is told; undefined while the thing is seen. */
  endsAtMs: number | undefined;
  /** Receive times. */
  toldAtMs: number;
  heardAtMs: number;
  /** Next tick at which something may have to be told. */
  dueAtMs: number;
  /** Something has changed that waits for the shortest time between two updates. */
  pending: boolean;
}

/** At most this many contributors: a pile-up needs no more evidence, and memory stays bounded. */
export const MAX_CONTRIBUTORS = 64;

const MAX_SOURCES = 8;
const MAX_MARKS = 8;

export function contributorKey({ detector, key }: Detection): string {
  return `${detector}:${key}`;
}

/** What `extend` renews: nothing that people act on. */
export function extended(known: Detection, detection: Detection): Detection {
  return {
    ...known,
    validUntilMs: detection.validUntilMs,
    referencedAtMs: detection.referencedAtMs,
    confidencePct: detection.confidencePct,
    evidence: detection.evidence,
    decidedAtMs: detection.decidedAtMs,
  };
}

/**
 * One content out of all contributors. The oldest says where and why; tier, severity, validity and confidence are those
 * of all together. A tier once told never falls: what was confirmed does not become doubtful because its best witness
 * has left.
 */
export function mergedContent(live: LiveAlert): AlertContent {
  const all = live.contributors.size > 0 ? [...live.contributors.values()] : [live.last];
  const [lead = live.last] = all;
  return {
    kind: lead.kind,
    tier: highestTier(live.told.tier, all),
    causeCode: lead.causeCode,
    subCauseCode: subCauseCode(lead, all),
    severity: Math.max(...all.map(({ severity }) => severity)) as Severity,
    confidencePct: jointConfidencePct(all),
    referencedAtMs: Math.max(...all.map(({ referencedAtMs }) => referencedAtMs)),
    validUntilMs: Math.max(...all.map(({ validUntilMs }) => validUntilMs)),
    position: lead.position,
    headingDeg: lead.headingDeg,
    outline: lead.outline,
    road: lead.road,
    evidence: jointEvidence(all),
    why: lead.why,
  };
}

function highestTier(told: AlertTier, all: readonly Detection[]): AlertTier {
  return told === "confirmed" || all.some(({ tier }) => tier === "confirmed") ? "confirmed" : "suspected";
}

/** The lead's sub-cause, or the first that says more about the same cause. */
function subCauseCode(lead: Detection, all: readonly Detection[]): number {
  if (lead.subCauseCode !== 0) return lead.subCauseCode;
  const closer = all.find((one) => one.causeCode === lead.causeCode && one.subCauseCode !== 0);
  return closer?.subCauseCode ?? 0;
}

/** Independent witnesses: the chance that not all are wrong; never quite certain. */
function jointConfidencePct(all: readonly Detection[]): number {
  let doubt = 1;
  for (const { confidencePct } of all) doubt *= 1 - confidencePct / 100;
  const [only] = all;
  if (all.length === 1 && only !== undefined) return only.confidencePct;
  return Math.min(99, Math.round(100 * (1 - doubt)));
}

/** One detector's contributors are different stations; two detectors may have heard the same one. */
function jointEvidence(all: readonly Detection[]): Evidence {
  const stations = new Map<string, number>();
  for (const { detector, evidence } of all) {
    stations.set(detector, (stations.get(detector) ?? 0) + evidence.stations);
  }
  return {
    stations: Math.max(...stations.values()),
    observations: all.reduce((sum, { evidence }) => sum + evidence.observations, 0),
    receivers: Math.max(...all.map(({ evidence }) => evidence.receivers)),
    sources: union(
      all.map(({ evidence }) => evidence.sources),
      MAX_SOURCES,
    ),
    marks: union(
      all.map(({ evidence }) => evidence.marks),
      MAX_MARKS,
    ),
  };
}

function union(lists: readonly (readonly string[])[], most: number): readonly string[] {
  return [...new Set(lists.flat())].sort().slice(0, most);
}

export function writeLive(live: LiveAlert): SnapshotValue {
  return {
    told: writePlain(live.told),
    contributors: [...live.contributors].map(([key, detection]) => [key, writePlain(detection)]),
    last: writePlain(live.last),
    endsAtMs: live.endsAtMs ?? null,
    toldAtMs: live.toldAtMs,
    heardAtMs: live.heardAtMs,
    dueAtMs: live.dueAtMs,
    pending: live.pending,
  };
}

/** @throws Error where `writeLive` cannot have written this. */
export function readLive(value: SnapshotValue): LiveAlert {
  const parts = readObject(value);
  const told = readContent<Alert>(parts["told"]);
  const contributors = readArray(parts["contributors"]).map((pair): [string, Detection] => {
    const [key, detection] = readArray(pair);
    return [readString(key, "contributor"), readContent<Detection>(detection)];
  });
  const { endsAtMs = null } = parts;
  return {
    told,
    contributors: new Map(contributors),
    last: readContent<Detection>(parts["last"]),
    endsAtMs: endsAtMs === null ? undefined : readNumber(endsAtMs, "endsAtMs"),
    toldAtMs: readNumber(parts["toldAtMs"], "toldAtMs"),
    heardAtMs: readNumber(parts["heardAtMs"], "heardAtMs"),
    dueAtMs: readNumber(parts["dueAtMs"], "dueAtMs"),
    pending: parts["pending"] === true,
  };
}
