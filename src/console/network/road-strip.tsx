import { km } from "../words/format.ts";
import { words } from "../words/words.ts";
import type { RoadRow } from "./road-rows.ts";
import { networkWords } from "./words.ts";

const WIDTH = 300;
const HEIGHT = 16;
/** The worse, the higher: the strip can be read without its colours. */
const SHARE = { free: 0.3, heavy: 0.5, slow: 0.7, queuing: 0.9, stationary: 1 } as const;

/** A road from end to end in the direction of travel, left to right, with its state along it. */
export function RoadStrip({ row: { route, states } }: { readonly row: RoadRow }) {
  const w = words(networkWords);
  const scale = route.lengthM === 0 ? 0 : WIDTH / route.lengthM;
  return (
    <svg
      class="road-strip"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={w.along2(km(route.fromKm), km(route.toKm))}
    >
      <path class="strip-unknown" d={`M0 ${HEIGHT - 2}h${WIDTH}`} />
      {states.map(({ fromM, toM, level }) =>
        level === undefined ? undefined : (
          <rect
            key={fromM}
            class={`strip-${level}`}
            x={fromM * scale}
            width={Math.max(1.5, (toM - fromM) * scale)}
            y={HEIGHT - HEIGHT * SHARE[level]}
            height={HEIGHT * SHARE[level]}
          />
        ),
      )}
    </svg>
  );
}
