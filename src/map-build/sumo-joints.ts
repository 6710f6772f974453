import type { GeoPoint } from "../domain/place.ts";
import type { DraftLink, DraftRoute } from "./draft.ts";
import { lineLengthM, withoutEqualNeighbours } from "./line.ts";
import { middleLine, withoutRepeats, withoutStep } from "./plane.ts";
import { type PostedId, readPostedId } from "./route-key.ts";
import type { PlanePoint, SumoConnection, SumoNetwork } from "./sumo-network.ts";

/** Lanes in a row inside one junction; more would be a circle. */
const MOST_INTERNAL_LANES = 16;

/**
 * Edges of a SUMO network end at their junctions; what is driven between two of them belongs to the junction. Here it
 * becomes part of the links, so that no gap remains: of the link behind the junction where a route leads on or a ramp
 * begins, of the link before it where a ramp ends. Then the kilometres of the edges' ids are laid on the links.
 */
export function closeGaps(
  network: SumoNetwork,
  routes: readonly DraftRoute[],
  lines: ReadonlyMap<string, readonly PlanePoint[]>,
  unproject: (point: PlanePoint) => GeoPoint,
): void {
  const junctions = new JunctionLines(network);
  for (const { links } of routes) {
    let end: PlanePoint | undefined;
    for (const [i, link] of links.entries()) {
      const previous = links[i - 1];
      const own = lines.get(link.id) ?? [];
      const before = previous === undefined ? junctions.into(link) : junctions.between(previous.id, link.id);
      const after = i === links.length - 1 ? junctions.outOf(link) : [];
      const whole = withoutRepeats([...(end === undefined ? [] : [end]), ...before, ...own, ...after]);
      const line = end === undefined ? whole : withoutStep(whole);
      end = line.at(-1);
      link.points = withoutEqualNeighbours(line.map(unproject));
    }
    postKilometres(links);
  }
}

/** The lines on which junctions are crossed. */
class JunctionLines {
  readonly #network: SumoNetwork;
  readonly #connections = new Map<string, SumoConnection[]>();
  readonly #sources = new Map<string, Set<string>>();

  constructor(network: SumoNetwork) {
    this.#network = network;
    for (const connection of network.connections) {
      const key = `${connection.from} ${connection.to}`;
      this.#connections.set(key, [...(this.#connections.get(key) ?? []), connection]);
      if (connection.from.startsWith(":")) continue;
      const sources = this.#sources.get(connection.to) ?? new Set();
      this.#sources.set(connection.to, sources.add(connection.from));
    }
  }

  /** From the end of one edge to the beginning of the other, in the middle of the lanes that lead there. */
  between(from: string, to: string): readonly PlanePoint[] {
    const lanes = (this.#connections.get(`${from} ${to}`) ?? [])
      .map((connection) => this.#acrossJunction(connection))
      .filter((line) => line.length > 0);
    return middleLine(lanes);
  }

  /** How a ramp or road that begins here is entered, where only one edge leads to it. */
  into(link: DraftLink): readonly PlanePoint[] {
    const [source, ...others] = this.#sources.get(link.id) ?? [];
    return source === undefined || others.length > 0 ? [] : this.between(source, link.id);
  }

  /** How a ramp or road that ends here goes over into another one, where it leads to one only. */
  outOf(link: DraftLink): readonly PlanePoint[] {
    const [target, ...others] = link.next;
    if (target === undefined || others.length > 0) return [];
    // With a single source the line belongs to the beginning of the other link.
    return (this.#sources.get(target)?.size ?? 0) > 1 ? this.between(link.id, target) : [];
  }

  #acrossJunction(connection: SumoConnection): readonly PlanePoint[] {
    const line: PlanePoint[] = [];
    let via = connection.via;
    for (let step = 0; via !== undefined && step < MOST_INTERNAL_LANES; step++) {
      const separator = via.lastIndexOf("_");
      const [edge, lane] = [via.slice(0, separator), Number(via.slice(separator + 1))];
      line.push(...(this.#network.edges.get(edge)?.lanes[lane]?.shape ?? []));
      via = this.#connections.get(`${edge} ${connection.to}`)?.find(({ fromLane }) => fromLane === lane)?.via;
    }
    return line;
  }
}

/** An edge may have been cut into parts with one range of kilometres: it is shared among them by length. */
function postKilometres(links: readonly DraftLink[]): void {
  let i = 0;
  while (i < links.length) {
    const posted = readPostedId(links[i]?.id ?? "");
    if (posted === undefined) {
      i++;
      continue;
    }
    const parts: DraftLink[] = [];
    for (; i < links.length && readPostedId(links[i]?.id ?? "")?.stretch === posted.stretch; i++) {
      parts.push(links[i] as DraftLink);
    }
    postParts(parts, posted);
  }
}

function postParts(parts: readonly DraftLink[], { fromKm, toKm }: PostedId): void {
  const lengths = parts.map(({ points }) => lineLengthM(points));
  const wholeM = lengths.reduce((sum, lengthM) => sum + lengthM, 0);
  const kmAt = (placeM: number): number => roundKm(fromKm + ((toKm - fromKm) * placeM) / wholeM);
  let placeM = 0;
  for (const [i, part] of parts.entries()) {
    part.fromKm = kmAt(placeM);
    placeM += lengths[i] ?? 0;
    part.toKm = kmAt(placeM);
  }
}

/** Posts are surveyed to the metre. */
export function roundKm(km: number): number {
  return Math.round(km * 1_000) / 1_000;
}
