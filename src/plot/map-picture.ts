import type { Case } from "../evaluate/cases.ts";
import type { RunDetails } from "../evaluate/run-details.ts";
import { caption, legend, titleBlock } from "./chart-frame.ts";
import { captionOf, countText, type PageFacts } from "./page-facts.ts";
import { INK, MUTED, VERDICT_COLOURS } from "./palette.ts";
import { ticks } from "./scale.ts";
import { element, figure, PathWriter, picture, text } from "./svg.ts";

/** A verdict at a place of the map. */
interface Mark {
  readonly x: number;
  readonly y: number;
  readonly verdict: keyof typeof VERDICT_COLOURS;
  readonly label: string;
}

const WIDTH = 1_280;
const HEIGHT = 760;
const PLACE = { left: 40, top: 84, right: 1_040, bottom: 700 };
/** More marks lie over one another. */
const MAX_MARKS = 600;
const ROAD = "#b7c2cc";

/** Roads, what was found on them, what was missed, and what was told for nothing. */
export function mapPicture(details: RunDetails, cases: readonly Case[], facts: PageFacts): string {
  const { scene } = details;
  const box = boxOf(details);
  const factor = Math.min((PLACE.right - PLACE.left) / box.width, (PLACE.bottom - PLACE.top) / box.height);
  const offX = (PLACE.left + PLACE.right - box.width * factor) / 2;
  const offY = (PLACE.top + PLACE.bottom + box.height * factor) / 2;
  const px = (x: number): number => offX + (x - box.x) * factor;
  const py = (y: number): number => offY - (y - box.y) * factor;
  const roads = new PathWriter();
  for (const line of scene.atlas.lines) {
    line.xs.forEach((x, i) => {
      const to = [px(x), py(line.ys[i] as number)] as const;
      if (i === 0) roads.moveTo(...to);
      else roads.lineTo(...to);
    });
  }
  const isInside = ({ x, y }: Mark): boolean =>
    px(x) > PLACE.left - 20 &&
    px(x) < PLACE.right + 20 &&
    py(y) > PLACE.top - 20 &&
    py(y) < PLACE.bottom + 20;
  const marks = marksOf(details, cases).filter(isInside).slice(-MAX_MARKS);
  const counts = (verdict: Mark["verdict"]): number =>
    marks.filter((mark) => mark.verdict === verdict).length;
  return picture(
    WIDTH,
    HEIGHT,
    "Map of misses and false alerts",
    titleBlock(
      "What was found, missed, and told for nothing",
      `${facts.what}: ${countText(counts("found"), "event")} found, ${counts("missed")} missed, ${countText(counts("false"), "false alert")}`,
    ),
    element("path", { d: roads.d, fill: "none", stroke: ROAD, "stroke-width": 3, "stroke-linecap": "round" }),
    ...marks.map((mark) => markShape(mark.verdict, px(mark.x), py(mark.y), mark.label)),
    scaleBar(factor),
    legend(PLACE.right + 40, PLACE.top + 10, [
      {
        heading: "Events and alerts",
        entries: (["found", "missed", "false", "excused"] as const).map((verdict) => ({
          label: VERDICT_LABELS[verdict],
          sample: markShape(verdict, 11, 6, ""),
        })),
      },
    ]),
    caption(HEIGHT, `${captionOf(facts)} · north is up`),
  );
}

const VERDICT_LABELS: Readonly<Record<Mark["verdict"], string>> = {
  found: "event found",
  missed: "event missed",
  false: "false alert",
  excused: "does not count",
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf({ scene }: RunDetails): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { xs, ys } of scene.atlas.lines) {
    for (let i = 0; i < xs.length; i++) {
      west = Math.min(west, xs[i] as number);
      east = Math.max(east, xs[i] as number);
      south = Math.min(south, ys[i] as number);
      north = Math.max(north, ys[i] as number);
    }
  }
  if (west > east) return { x: -500, y: -500, width: 1_000, height: 1_000 };
  return { x: west, y: south, width: Math.max(100, east - west), height: Math.max(100, north - south) };
}

function marksOf(details: RunDetails, cases: readonly Case[]): readonly Mark[] {
  const { scene, judgements } = details;
  const found = new Set(
    judgements.suspected.flatMap(({ outcome, placed }) =>
      outcome === "matched" && placed !== undefined ? [placed] : [],
    ),
  );
  const missed = new Set(cases.filter(({ what }) => what === "missed").map(({ id }) => id));
  const events = scene.events.flatMap((placed): Mark[] => {
    const { event } = placed;
    const extent = event.extents[event.extents.length >> 1];
    if (extent === undefined) return [];
    const { x, y } = scene.ground.xy(extent.head);
    const label = `${event.hazard} ${event.id}`;
    if (event.dontCare !== undefined)
      return [{ x, y, verdict: "excused", label: `${label}: ${event.dontCare}` }];
    if (found.has(placed)) return [{ x, y, verdict: "found", label }];
    return missed.has(event.id) ? [{ x, y, verdict: "missed", label }] : [];
  });
  const falses = judgements.suspected
    .filter(({ outcome }) => outcome === "false")
    .flatMap(({ episode, reason }): Mark[] => {
      const first = episode.revisions[0];
      if (first === undefined) return [];
      const { x, y } = scene.ground.xy(first.position);
      return [{ x, y, verdict: "false", label: `${episode.kind}: ${reason}` }];
    });
  // The worst lies on top.
  return [...events.sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]), ...falses];
}

const ORDER: Readonly<Record<Mark["verdict"], number>> = { excused: 0, found: 1, missed: 2, false: 3 };

/** Each verdict has a shape of its own besides its colour. */
function markShape(verdict: Mark["verdict"], x: number, y: number, label: string): string {
  const colour = VERDICT_COLOURS[verdict];
  const told = label === "" ? [] : [element("title", {}, label.replace(/[&<>"]/g, " "))];
  const edge = { stroke: "#ffffff", "stroke-width": 1.2 };
  if (verdict === "found") return element("circle", { cx: x, cy: y, r: 6, fill: colour, ...edge }, ...told);
  if (verdict === "excused") return element("circle", { cx: x, cy: y, r: 3, fill: colour, ...edge }, ...told);
  if (verdict === "missed") {
    const d = `M${figure(x)} ${figure(y - 8)}l7.5 13h-15z`;
    return element("path", { d, fill: colour, ...edge }, ...told);
  }
  const d = `M${figure(x - 5)} ${figure(y - 5)}l10 10m0 -10l-10 10`;
  const line = { fill: "none", "stroke-linecap": "round" };
  return (
    element("path", { d, stroke: "#ffffff", "stroke-width": 6, ...line }) +
    element("path", { d, stroke: colour, "stroke-width": 3, ...line }, ...told)
  );
}

function scaleBar(pxPerM: number): string {
  const lengths = ticks(0, 180 / pxPerM, 2);
  const lengthM = lengths.at(-1) ?? 1_000;
  const label = lengthM >= 1_000 ? `${figure(lengthM / 1_000)} km` : `${figure(lengthM)} m`;
  const [x, y] = [PLACE.left, PLACE.bottom + 22];
  const to = x + lengthM * pxPerM;
  return (
    element("path", {
      d: `M${figure(x)} ${y - 5}v5H${figure(to)}v-5`,
      fill: "none",
      stroke: INK,
      "stroke-width": 1.4,
    }) + text(to + 8, y, label, { fill: MUTED, "font-size": 12 })
  );
}
