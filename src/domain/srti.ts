/**
 * The eight categories of safety-related minimum universal traffic information, Delegated Regulation (EU) 886/2013,
 * Article 3, in its order.
 */
export const SRTI_CATEGORIES = [
  "temporary-slippery-road",
  "animal-people-obstacle-debris",
  "unprotected-accident-area",
  "short-term-roadworks",
  "reduced-visibility",
  "wrong-way-driver",
  "unmanaged-blockage",
  "exceptional-weather",
] as const;
export type SrtiCategory = (typeof SRTI_CATEGORIES)[number];

/** `none`: the sub-cause belongs to no category although its cause does. */
type Entry = {
  readonly category: SrtiCategory | undefined;
  readonly subCauses?: Readonly<Record<number, SrtiCategory | "none">>;
};

const all = (category: SrtiCategory, subCauses: Entry["subCauses"] = {}): Entry => ({ category, subCauses });
const some = (subCauses: NonNullable<Entry["subCauses"]>): Entry => ({ category: undefined, subCauses });

/**
 * By cause and sub-cause of ETSI TS 102 894-2 V2.4.1. The regulation names no codes; the assignment is ours, from the
 * definitions of its Article 2:
 *
 * - A salted road (6/10) has been treated and is not slippery.
 * - Cause 9 is damage of many kinds: rockfalls and storm damage are debris, a burst pipe wets the road, the ground that
 *   gives way blocks it.
 * - A broken-down or stationary vehicle (91, 94) is an obstacle where none is expected, and blocks the road only where
 *   somebody says so (5); after a crash (94/3, 92) it is an accident that nobody has secured yet; at a stop (94/4) it is
 *   nothing.
 * - A closure for road works (3/1) is signposted and not short-term works.
 */
const CATEGORIES: Readonly<Record<number, Entry>> = {
  2: all("unprotected-accident-area"),
  3: all("short-term-roadworks", { 1: "none" }),
  4: all("short-term-roadworks"),
  5: all("unmanaged-blockage"),
  6: all("temporary-slippery-road", { 10: "none" }),
  7: all("temporary-slippery-road"),
  9: some({
    1: "animal-people-obstacle-debris",
    2: "unmanaged-blockage",
    3: "unmanaged-blockage",
    4: "unmanaged-blockage",
    5: "exceptional-weather",
    6: "animal-people-obstacle-debris",
    7: "temporary-slippery-road",
  }),
  10: all("animal-people-obstacle-debris"),
  11: all("animal-people-obstacle-debris"),
  12: all("animal-people-obstacle-debris"),
  14: all("wrong-way-driver"),
  17: all("exceptional-weather"),
  18: all("reduced-visibility"),
  19: all("exceptional-weather"),
  91: all("animal-people-obstacle-debris"),
  92: all("unprotected-accident-area"),
  94: all("animal-people-obstacle-debris", { 3: "unprotected-accident-area", 4: "none" }),
};

/** Category of an event by its codes; undefined where the regulation does not speak of it (queues, braking, and so on). */
export function srtiCategory(causeCode: number, subCauseCode: number): SrtiCategory | undefined {
  const entry = CATEGORIES[causeCode];
  const special = entry?.subCauses?.[subCauseCode];
  if (special === "none") return undefined;
  return special ?? entry?.category;
}
