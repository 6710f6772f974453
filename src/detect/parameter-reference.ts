import { type DocumentedParameter, documentedParameters } from "./all-parameters.ts";

const INTRODUCTION = `# Settings of the detectors

This page is made from the parameters in \`src/detect\`.

Every value has a default with its source. Others are set by key in a file that \`detection.settings\` names
(see [configuration](configuration.md)), or given to \`defaultDetectors\` by programs that embed the library:

\`\`\`json
{
  "values": { "stationary-vehicle.suspectedAfterMs": 4000 },
  "areas": [
    {
      "name": "harbour",
      "box": [51.43, 6.72, 51.47, 6.78],
      "values": { "stationary-vehicle.confirmedAfterMs": 60000 }
    },
    {
      "name": "rhine-bridge",
      "road": { "ref": "A40", "direction": "Dortmund", "fromKm": 36.5, "toKm": 38.5 },
      "values": { "congestion-road.onSpeedMps": 9 }
    }
  ]
}
\`\`\`

An area is a \`box\` (south, west, north, east), a \`polygon\` (a list of \`[longitude, latitude]\`) or a \`road\` of the
map (all of it where no kilometres are given). Where areas overlap, the first counts. What begins in an area is judged by
the values of that area until it ends, wherever it moves. What detectors tell each other, such as the state of traffic,
follows the values for everywhere else. A detector with values of its own in an area runs once more for it, which costs
time. Values that are set are in the unit with which their name ends; unknown keys and values outside their range are
refused.
`;

/** The reference of all parameters as Markdown: the content of `docs/detection-parameters.md`. */
export function renderParameterReference(): string {
  const byDetector = new Map<string, DocumentedParameter[]>();
  for (const parameter of documentedParameters()) {
    byDetector.set(parameter.detector, [...(byDetector.get(parameter.detector) ?? []), parameter]);
  }
  return [INTRODUCTION, ...[...byDetector].map(([name, parameters]) => section(name, parameters))].join("\n");
}

function section(detector: string, parameters: readonly DocumentedParameter[]): string {
  const everywhere = parameters[0]?.perArea === false ? ["Cannot be set per area.", ""] : [];
  return [
    `## \`${detector}\``,
    "",
    ...everywhere,
    "| parameter | default | range | meaning | source |",
    "|---|---|---|---|---|",
    ...parameters.map(row),
    "",
  ].join("\n");
}

function row(parameter: DocumentedParameter): string {
  const { key, unit, min, max, text, source, detector } = parameter;
  const cells = [
    `\`${key.slice(detector.length + 1)}\``,
    shown(parameter.default, unit),
    `${short(min)} to ${short(max)}`,
    text,
    source,
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

const KMH_PER_MPS = 3.6;
const MS_PER_S = 1_000;

/** Speeds and times also as people know them. */
function shown(value: number, unit: string): string {
  const plain = `${short(value)} ${unit}`.trim();
  if (unit === "m/s") return `${plain} (${short(value * KMH_PER_MPS)} km/h)`;
  if (unit === "ms" && value >= MS_PER_S) return `${plain} (${short(value / MS_PER_S)} s)`;
  return plain;
}

/** Four digits are enough to read. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
