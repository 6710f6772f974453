/** Posted kilometres along a route: known at some places, interpolated between them. */
export class Kilometres {
  readonly #routeM: Float64Array;
  readonly #km: Float64Array;

  /** Places in ascending order; none where the route has no posted kilometres. */
  constructor(places: readonly { readonly routeM: number; readonly km: number }[]) {
    this.#routeM = Float64Array.from(places, ({ routeM }) => routeM);
    this.#km = Float64Array.from(places, ({ km }) => km);
  }

  get isPosted(): boolean {
    return this.#km.length > 0;
  }

  /** Beyond the known places a kilometre has 1,000 m, in the sense of the rest; without any, counted from the beginning. */
  at(routeM: number): number {
    const last = this.#km.length - 1;
    if (last < 0) return routeM / 1_000;
    const sense = (this.#km[last] as number) < (this.#km[0] as number) ? -1 : 1;
    const firstM = this.#routeM[0] as number;
    const lastM = this.#routeM[last] as number;
    if (routeM <= firstM) return (this.#km[0] as number) - (sense * (firstM - routeM)) / 1_000;
    if (routeM >= lastM) return (this.#km[last] as number) + (sense * (routeM - lastM)) / 1_000;
    const i = this.#indexBefore(routeM);
    const fromM = this.#routeM[i] as number;
    const fromKm = this.#km[i] as number;
    const spanM = (this.#routeM[i + 1] as number) - fromM;
    return fromKm + (((this.#km[i + 1] as number) - fromKm) * (routeM - fromM)) / spanM;
  }

  /** The place of a posted kilometre, up to `slackM` beyond the known places; undefined where there is none. */
  placeOf(km: number, slackM: number): number | undefined {
    const last = this.#km.length - 1;
    if (last < 0) return undefined;
    const first = this.#km[0] as number;
    const sense = (this.#km[last] as number) < first ? -1 : 1;
    const beforeM = (first - km) * sense * 1_000;
    const behindM = (km - (this.#km[last] as number)) * sense * 1_000;
    if (beforeM > 0) return beforeM <= slackM ? (this.#routeM[0] as number) : undefined;
    if (behindM > 0) return behindM <= slackM ? (this.#routeM[last] as number) : undefined;
    for (let i = 0; i < last; i++) {
      const [from, to] = [this.#km[i] as number, this.#km[i + 1] as number];
      if ((km - from) * (km - to) > 0) continue;
      const fromM = this.#routeM[i] as number;
      return from === to
        ? fromM
        : fromM + ((km - from) / (to - from)) * ((this.#routeM[i + 1] as number) - fromM);
    }
    return this.#routeM[last];
  }

  #indexBefore(routeM: number): number {
    let low = 0;
    let high = this.#routeM.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#routeM[middle] as number) <= routeM) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
