import type { Command } from "commander";
import type { RoadFlags, RoadNetwork } from "../domain/road.ts";
import type { CliIo } from "./io.ts";
import { count, printable, table } from "./style.ts";

/** Routes shown one by one; of a town's map only the longest. */
const LISTED_ROUTES = 30;

const KMH_PER_MPS = 3.6;

export function addMapCheckCommand(map: Command, io: CliIo): void {
  map
    .command("check")
    .argument("<map.geojson>", "a map")
    .description("Check a map as the server would read it, and tell what is in it.")
    .option("--json", "print what is in it as one JSON object")
    .action(async (file: string, flags: { readonly json?: boolean }) => {
      const { loadRoads } = await import("./road-file.ts");
      const content = contentOf(loadRoads(file));
      io.stdout.write(flags.json === true ? `${JSON.stringify(content)}\n` : contentText(content));
    });
}

export interface MapContent {
  readonly name: string;
  readonly links: number;
  readonly lengthKm: number;
  readonly routes: readonly RouteContent[];
  /** How many links have each flag. */
  readonly flags: Readonly<Record<string, number>>;
  readonly oneWayLinks: number;
  readonly linksWithLimit: number;
  /** Links that lead nowhere, and links that nothing leads to: ends of the map, or connections that are missing. */
  readonly deadEnds: number;
  readonly sources: number;
}

export interface RouteContent {
  readonly id: string;
  readonly ref: string;
  readonly direction: string;
  readonly lengthKm: number;
  readonly links: number;
  readonly fromKm: number;
  readonly toKm: number;
  readonly limitsKmh: readonly number[];
  readonly markers: readonly string[];
}

export function contentOf(network: RoadNetwork): MapContent {
  const flags: Record<string, number> = {};
  for (const link of network.links) {
    for (const name of Object.keys(link.flags) as (keyof RoadFlags)[]) {
      if (link.flags[name] === true) flags[name] = (flags[name] ?? 0) + 1;
    }
  }
  const countOf = (test: (link: RoadNetwork["links"][number]) => boolean): number =>
    network.links.filter(test).length;
  return {
    name: network.name,
    links: network.links.length,
    lengthKm: km(network.links.reduce((sum, { fromM, toM }) => sum + toM - fromM, 0)),
    routes: network.routes.map((route) => ({
      id: route.id,
      ref: route.ref,
      direction: route.direction,
      lengthKm: km(route.lengthM),
      links: route.links.length,
      fromKm: network.kmAt(route, 0),
      toKm: network.kmAt(route, route.lengthM),
      limitsKmh: distinctLimits(route.links),
      markers: route.markers.map(({ name }) => name),
    })),
    flags,
    oneWayLinks: countOf(({ oneWay }) => oneWay),
    linksWithLimit: countOf(({ limitMps }) => limitMps !== undefined),
    deadEnds: countOf(({ next }) => next.length === 0),
    sources: countOf(({ previous }) => previous.length === 0),
  };
}

function distinctLimits(links: RoadNetwork["links"]): number[] {
  const limits = links.flatMap(({ limitMps }) =>
    limitMps === undefined ? [] : [Math.round(limitMps * KMH_PER_MPS)],
  );
  return [...new Set(limits)].sort((a, b) => a - b);
}

function km(metres: number): number {
  return Math.round(metres) / 1_000;
}

export function contentText(content: MapContent): string {
  const rows = [
    ["links", count(content.links)],
    ["  one way", count(content.oneWayLinks)],
    ["  with a limit", count(content.linksWithLimit)],
    ...Object.entries(content.flags).map(([name, links]) => [`  ${name}`, count(links)]),
    ["  leading nowhere", count(content.deadEnds)],
    ["  led to by none", count(content.sources)],
    ["routes", count(content.routes.length)],
    ["kilometres", count(content.lengthKm)],
  ];
  const longest = content.routes.toSorted((a, b) => b.lengthKm - a.lengthKm).slice(0, LISTED_ROUTES);
  const more = content.routes.length - longest.length;
  return (
    `${printable(content.name)}: the map is good.\n\n${table(rows, [1])}\n` +
    table(
      [["route", "leads to", "km", "from", "to", "limits km/h", "markers"], ...longest.map(routeRow)],
      [2, 3, 4],
    ) +
    (more > 0 ? `and ${count(more)} shorter ${more === 1 ? "route" : "routes"}\n` : "")
  );
}

function routeRow(route: RouteContent): string[] {
  return [
    printable(route.id),
    printable(route.direction),
    route.lengthKm.toFixed(1),
    route.fromKm.toFixed(1),
    route.toKm.toFixed(1),
    route.limitsKmh.join(" "),
    count(route.markers.length),
  ];
}
