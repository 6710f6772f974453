import type { Lane, LaneImpact } from "../../api/contract/incidents.ts";
import { words } from "../words/words.ts";
import { incidentWords } from "./words.ts";

const NEXT: Readonly<Record<LaneImpact, LaneImpact>> = {
  clear: "affected",
  affected: "blocked",
  blocked: "clear",
};
const SIGN: Readonly<Record<LaneImpact, string>> = { clear: "↑", affected: "!", blocked: "✕" };

interface LanesProps {
  readonly lanes: readonly Lane[];
  readonly onChange?: (lanes: readonly Lane[]) => void;
}

/** The carriageway as seen by a driver: a click on a lane changes it. */
export function LanesEditor({ lanes, onChange }: LanesProps) {
  const w = words(incidentWords);
  const change = (at: number): void =>
    onChange?.(lanes.map((lane, i) => (i === at ? { ...lane, impact: NEXT[lane.impact] } : lane)));
  const count = lanes.filter(({ kind }) => kind === "lane").length;
  return (
    <div class="lanes">
      <fieldset class="lane-boxes" aria-label={w.lanes}>
        {lanes.map(({ kind, impact }, i) => (
          <button
            key={`${i}-${kind}`}
            type="button"
            class={`lane lane-${kind} lane-${impact}`}
            aria-label={w.laneLabel(i + 1, w.laneKinds[kind], w.impacts[impact])}
            title={`${w.laneKinds[kind]}: ${w.impacts[impact]}`}
            disabled={onChange === undefined}
            onClick={() => change(i)}
          >
            <span aria-hidden="true">{SIGN[impact]}</span>
          </button>
        ))}
      </fieldset>
      {onChange !== undefined && (
        <p class="lane-count">
          <button
            type="button"
            class="button-icon"
            aria-label={w.removeLane}
            disabled={count <= 1}
            onClick={() => onChange(fewer(lanes))}
          >
            −
          </button>
          <button
            type="button"
            class="button-icon"
            aria-label={w.addLane}
            disabled={count >= 6}
            onClick={() => onChange(more(lanes))}
          >
            +
          </button>
        </p>
      )}
    </div>
  );
}

function more(lanes: readonly Lane[]): readonly Lane[] {
  const last = lanes.findLastIndex(({ kind }) => kind === "lane");
  return [...lanes.slice(0, last + 1), { kind: "lane", impact: "clear" }, ...lanes.slice(last + 1)];
}

function fewer(lanes: readonly Lane[]): readonly Lane[] {
  const last = lanes.findLastIndex(({ kind }) => kind === "lane");
  return lanes.filter((_, i) => i !== last);
}
