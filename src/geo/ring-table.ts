import { type Path, ringHolds } from "./path.ts";

/** Below this a plain walk round the ring is as fast. */
const SMALL_RING_EDGES = 16;

/** More bands than this are hardly ever faster: positions come at most to a few edges each. */
const MAX_BANDS = 256;

/** Point-in-ring tests that look only at the edges on the point's latitude. */
export class RingTable {
  readonly #ring: Path;
  readonly #bands: readonly Int32Array[];
  readonly #bandCount: number;
  readonly #bandsPerDegree: number;

  constructor(ring: Path) {
    this.#ring = ring;
    const height = ring.maxY - ring.minY;
    const count = ring.edges <= SMALL_RING_EDGES || height === 0 ? 0 : Math.min(MAX_BANDS, ring.edges >> 1);
    this.#bandCount = count;
    this.#bandsPerDegree = count / height;
    this.#bands = this.#sortedEdges();
  }

  holds(x: number, y: number): boolean {
    const { minX, maxX, minY, maxY } = this.#ring;
    if (x < minX || x > maxX || y < minY || y > maxY) return false;
    if (this.#bandCount === 0) return ringHolds(this.#ring, x, y);
    return ringHolds(this.#ring, x, y, this.#bands[this.#bandAt(y)]);
  }

  #bandAt(y: number): number {
    return Math.min(this.#bandCount - 1, Math.floor((y - this.#ring.minY) * this.#bandsPerDegree));
  }

  #sortedEdges(): Int32Array[] {
    const { ys, edges } = this.#ring;
    const lists: number[][] = Array.from({ length: this.#bandCount }, () => []);
    for (let i = 0; this.#bandCount > 0 && i < edges; i++) {
      const a = this.#bandAt(ys[i] as number);
      const b = this.#bandAt(ys[i + 1 === ys.length ? 0 : i + 1] as number);
      for (let band = Math.min(a, b); band <= Math.max(a, b); band++) lists[band]?.push(i);
    }
    return lists.map((list) => Int32Array.from(list));
  }
}
