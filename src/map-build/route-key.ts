/** What the id of an edge says, e.g. `A40p_37.00_38.00`. */
export interface PostedId {
  /** Road and direction, e.g. `A40p`. */
  readonly routeKey: string;
  /** E.g. `A40`. */
  readonly ref: string;
  /** Shared by the parts into which an edge was cut, e.g. by netconvert's guessed ramps. */
  readonly stretch: string;
  readonly fromKm: number;
  readonly toKm: number;
}

/** Road number, p (kilometres rise) or n (they fall), the kilometres at both ends, and what a tool has added. */
const POSTED = /^(([A-Z]+ ?\d+[a-z]?)[pn])_(\d+(?:\.\d+)?)_(\d+(?:\.\d+)?)(?:[-#].*)?$/;

/** Reads an id of the form `<ref><p|n>_<from km>_<to km>`; undefined where it has another form. */
export function readPostedId(id: string): PostedId | undefined {
  const found = POSTED.exec(id);
  if (found === null) return undefined;
  const [, routeKey = "", ref = "", from, to] = found;
  const [fromKm, toKm] = [Number(from), Number(to)];
  const falls = routeKey.endsWith("n");
  if (falls ? toKm > fromKm : toKm < fromKm) return undefined;
  return { routeKey, ref, stretch: `${routeKey}_${from}_${to}`, fromKm, toKm };
}
