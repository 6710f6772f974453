import type { Profiler } from "node:inspector";

/** Share of the time, 0 to 1, by who spent it. */
export function profileParts(profile: Profiler.Profile): Record<string, number> {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parts = new Map<string, number>();
  let total = 0;
  for (const [i, node] of (profile.samples ?? []).entries()) {
    const frame = frames.get(node);
    if (frame === undefined || ["(idle)", "(root)"].includes(frame.functionName)) continue;
    const us = Math.max(0, profile.timeDeltas?.[i + 1] ?? 0);
    const part = partOf(frame.functionName, frame.url);
    parts.set(part, (parts.get(part) ?? 0) + us);
    total += us;
  }
  const shares = [...parts].map(([part, us]): [string, number] => [part, us / total]);
  return Object.fromEntries(shares.sort(([, a], [, b]) => b - a));
}

/** Rooms of the twin by what they do. */
const TWIN_FILES: Readonly<Record<string, string>> = {
  "report-reader": "reading: to SI units and words",
  duplicates: "duplicates by a key of text",
  "station-index": "R-tree and map of stations: calls",
  station: "state of stations",
  twin: "stream: its functions",
};

function partOf(functionName: string, url: string): string {
  if (functionName === "(garbage collector)") return "garbage collection";
  const library = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (library !== undefined) return library.startsWith("@protobufjs") ? "protobufjs" : library;
  const own = /\/bench\/naive\/([^/.]+)/.exec(url)?.[1];
  if (own !== undefined) return TWIN_FILES[own] ?? "player";
  const room = /\/src\/([^/]+)\//.exec(url)?.[1];
  if (room !== undefined) return `src/${room}`;
  // protobufjs' reflection compiles its readers at run time: code without a file.
  if (/\$(decode|toObject)$/.test(functionName)) return "protobufjs";
  return "node and native code";
}
