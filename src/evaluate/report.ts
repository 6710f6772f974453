import type { Evaluation } from "./evaluate.ts";

/** Names the shape of the JSON; the number rises when a field changes its meaning or goes. */
export const REPORT_SCHEMA = "roadpulse-evaluation/1";

/** Most cases in a report: enough to see what went wrong, not every alert of a storm. */
const MOST_CASES = 200;

/** The evaluation as one JSON object. Figures that nothing was counted for are absent. */
export function evaluationRecord(
  evaluation: Evaluation,
  files: { readonly recording: string; readonly truth: string | undefined },
): Record<string, unknown> {
  const { channel, seeds, victims, relevanceM, recorded, onRoads, results } = evaluation;
  return {
    schema: REPORT_SCHEMA,
    ...files,
    channel,
    seeds,
    victims,
    relevanceM,
    recordedPenetration: recorded,
    onRoads,
    results: results.map((result) => ({
      ...result,
      cases: result.cases.slice(0, MOST_CASES),
      caseCount: result.cases.length,
    })),
  };
}
