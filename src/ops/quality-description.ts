import { anyOf, count, listOf, mapOf, number, objectOf, refTo, share, text } from "./json-schema.ts";
import type { RouteDescription } from "./route-description.ts";

const LAST_MINUTE = objectOf(
  {
    messagesPerS: number,
    itemsPerS: number,
    acceptedShare: share,
    duplicateShare: share,
    rejectedShare: share,
    lateShare: share,
    longestGapMs: number,
  },
  { clockSkewMs: number, positionsWithAccuracyShare: share, meanPositionAccuracyM: number },
);

const TOTALS = objectOf({
  received: count,
  accepted: count,
  duplicate: count,
  late: count,
  shed: count,
  rejectedByReason: mapOf(count),
});

export const describeSources: RouteDescription = {
  tag: "system",
  summary: "Quality of every source",
  details: "Verdict, reasons, rates, gaps, clock, positions, rejections and the tests of its sensors.",
  answers: {
    200: {
      description: "A card per source, by name.",
      schema: objectOf({ sources: listOf(refTo("SourceCard")) }),
    },
  },
  components: {
    SourceCard: objectOf(
      {
        source: text,
        verdict: anyOf("ok", "doubtful", "failed"),
        reasons: listOf(text),
        lastMinute: LAST_MINUTE,
        totals: TOTALS,
        sensors: objectOf({ lanes: count, untestedReadings: count, failures: listOf({ type: "object" }) }),
      },
      { silentS: number },
    ),
  },
};
