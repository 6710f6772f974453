import type { AlertKind } from "../domain/alert.ts";
import type { Evaluation, PenetrationResult } from "../evaluate/evaluate.ts";
import type { Share } from "../evaluate/statistics.ts";
import type { KindSummary } from "../evaluate/summary.ts";
import { captionOf, type PageFacts, percentText } from "./page-facts.ts";
import { escapeText } from "./svg.ts";

export interface PagePicture {
  readonly name: string;
  readonly svg: string;
}

/** One page with everything in it: no scripts, nothing fetched. */
export function reportPage(
  facts: PageFacts,
  evaluation: Evaluation,
  pictures: readonly PagePicture[],
): string {
  const title = escapeText(`Roadpulse: ${facts.what}`);
  const figures = pictures.map(
    ({ name, svg }) => `<figure id="${escapeText(name)}">${ownIds(svg, name)}</figure>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head><body><main>
<h1>${title}</h1><p class="facts">${escapeText(captionOf(facts))}</p>
${evaluation.results.map(resultSection).join("\n")}
${figures.join("\n")}
</main></body></html>
`;
}

const STYLE = `body{margin:0;background:#f4f6f8;color:#1d2733;font:15px/1.5 Inter,"DejaVu Sans",Verdana,sans-serif}
main{max-width:1320px;margin:0 auto;padding:28px 20px 60px}h1{font-size:25px;margin:0 0 2px}h2{font-size:18px;margin:30px 0 8px}
.facts{color:#5c6b7a;margin:0 0 20px}figure{margin:22px 0;background:#fff;border:1px solid #dfe4e9;border-radius:8px;overflow:hidden}
figure svg{display:block;width:100%;height:auto}table{border-collapse:collapse;background:#fff;border:1px solid #dfe4e9;border-radius:8px;font-size:14px}
th,td{padding:6px 12px;text-align:right;border-bottom:1px solid #eceff2;font-variant-numeric:tabular-nums}th{font-weight:600;color:#5c6b7a}
th:first-child,td:first-child{text-align:left}.headline{display:flex;gap:16px;flex-wrap:wrap;margin:0 0 14px}
.headline div{background:#fff;border:1px solid #dfe4e9;border-radius:8px;padding:10px 16px;min-width:200px}.headline b{display:block;font-size:24px}
.headline span{color:#5c6b7a;font-size:13px}.wide{overflow-x:auto}`;

/** Ids of clips and patterns are unique in a picture, not in a page. */
function ownIds(svg: string, name: string): string {
  return svg.replaceAll(/(id="|url\(#)(data|hatch|curves)\b/g, `$1${name}-$2`);
}

function resultSection({ penetration, tiers, exposure }: PenetrationResult): string {
  const heading = penetration === undefined ? "As recorded" : `${percentText(penetration)} equipped`;
  const { warnings, kinds } = tiers.suspected;
  const rows = (Object.entries(kinds) as [AlertKind, KindSummary][]).map(kindRow);
  const table = `<div class="wide"><table><thead><tr>${HEAD.map((cell) => `<th>${cell}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
  return `<section><h2>${escapeText(heading)}</h2><div class="headline">
${headline(warnings.warnedInTimeOfKnown, "warned ≥ 10 s before a hazard that was known")}
${headline(warnings.needlessOfEquipped, "warned needlessly")}
<div><b>${exposure.runs}</b><span>${exposure.runs === 1 ? "run" : "runs"}, ${exposure.vehicleKm.toFixed(0)} vehicle-km</span></div>
</div>${rows.length === 0 ? "<p>No events and no alerts.</p>" : table}</section>`;
}

function headline({ value, hits, of }: Share, what: string): string {
  const shown = value === undefined ? "–" : `${(value * 100).toFixed(1)} %`;
  return `<div><b>${shown}</b><span>${escapeText(what)} (${hits} of ${of})</span></div>`;
}

const HEAD = [
  "kind",
  "found of known",
  "found of all",
  "mean time, s",
  "after the oracle, s",
  "covered",
  "tail error, m",
  "true / again / don't care / false",
];

function kindRow([kind, summary]: [AlertKind, KindSummary]): string {
  const { detection, detectS, excessS, timeCovered, tail, alerts } = summary;
  const cells = [
    kind,
    countText(detection.ofPerceived),
    countText(detection.ofAll),
    fixed(detectS.mean, 1),
    fixed(excessS.mean, 1),
    timeCovered.value === undefined ? "–" : `${(timeCovered.value * 100).toFixed(0)} %`,
    fixed(tail.medianAbsoluteM, 0),
    `${alerts.matched} / ${alerts.duplicate} / ${alerts["dont-care"]} / ${alerts.false}`,
  ];
  return `<tr>${cells.map((cell) => `<td>${escapeText(cell)}</td>`).join("")}</tr>`;
}

function countText({ hits, of }: Share): string {
  return of === 0 ? "–" : `${hits} of ${of}`;
}

function fixed(value: number | undefined, digits: number): string {
  return value === undefined ? "–" : value.toFixed(digits);
}
