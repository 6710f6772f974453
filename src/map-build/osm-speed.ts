const KMH_PER_MPH = 1.609344;
const KMH_PER_KNOT = 1.852;

/** Limits outside built-up areas and on motorways by country, km/h; undefined on motorways: no limit. */
const COUNTRIES: Readonly<Record<string, { readonly rural: number; readonly motorway?: number }>> = {
  AT: { rural: 100, motorway: 130 },
  BE: { rural: 90, motorway: 120 },
  CH: { rural: 80, motorway: 120 },
  CZ: { rural: 90, motorway: 130 },
  DE: { rural: 100 },
  DK: { rural: 80, motorway: 130 },
  ES: { rural: 90, motorway: 120 },
  FR: { rural: 80, motorway: 130 },
  GB: { rural: 97, motorway: 113 },
  IT: { rural: 90, motorway: 130 },
  LU: { rural: 90, motorway: 130 },
  NL: { rural: 80, motorway: 100 },
  PL: { rural: 90, motorway: 140 },
};

/** Within built-up areas (Vienna Convention countries; GB: 30 mph). */
const URBAN_KMH = 50;
/** StVO sign 325.1 and its kin; courts read walking pace as 4 to 10 km/h. */
const WALKING_KMH = 7;
const LIVING_STREET_KMH = 20;

/**
 * The value of OpenStreetMap's key maxspeed in km/h: a number, `30 mph`, `walk`, `DE:urban`, `DE:zone30`. Undefined for
 * `none` and for what nobody can read.
 */
export function limitKmh(value: string | undefined): number | undefined {
  const text = (value ?? "").trim();
  const number = /^(\d+(?:\.\d+)?)\s*(km\/h|kmh|kph|mph|knots)?$/.exec(text);
  if (number !== null) return sensible(Number(number[1]) * unitOf(number[2]));
  if (text === "walk") return WALKING_KMH;
  const implied = /^([A-Z]{2}):(.+)$/.exec(text);
  return implied === null ? undefined : impliedKmh(implied[1] ?? "", implied[2] ?? "");
}

function unitOf(unit: string | undefined): number {
  if (unit === "mph") return KMH_PER_MPH;
  return unit === "knots" ? KMH_PER_KNOT : 1;
}

function sensible(kmh: number): number | undefined {
  return kmh >= 1 && kmh <= 200 ? Math.round(kmh) : undefined;
}

function impliedKmh(country: string, zone: string): number | undefined {
  const numbered = /^(?:zone:?)?(\d+)$/.exec(zone);
  if (numbered !== null) return sensible(Number(numbered[1]));
  if (zone === "walk") return WALKING_KMH;
  if (zone === "living_street") return country === "DE" ? WALKING_KMH : LIVING_STREET_KMH;
  if (zone === "urban") return country === "GB" ? Math.round(30 * KMH_PER_MPH) : URBAN_KMH;
  if (zone === "rural") return COUNTRIES[country]?.rural;
  return zone === "motorway" ? COUNTRIES[country]?.motorway : undefined;
}
