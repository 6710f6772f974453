import { type Extent, JSON_MESSAGE, type LiveRequest } from "../contract/live.ts";

/** A view or a slot, nothing more. */
const MAX_REQUEST_BYTES = 1_024;

/** As far as anybody can zoom. */
const MAX_ZOOM = 30;

const MAX_SLOT = 0xffff_ffff;

const decoder = new TextDecoder("utf-8", { fatal: true });

/** What a client asks for, or what is wrong with it in a sentence. Never throws. */
export function readRequest(bytes: Uint8Array): LiveRequest | string {
  if (bytes[0] !== JSON_MESSAGE) return `A request begins with the byte ${JSON_MESSAGE} and goes on as JSON.`;
  if (bytes.length > MAX_REQUEST_BYTES) return `A request has at most ${MAX_REQUEST_BYTES} bytes.`;
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes.subarray(1)));
  } catch {
    return "The request is no JSON in UTF-8.";
  }
  if (typeof value !== "object" || value === null) return "A request is a JSON object.";
  const members = value as Readonly<Record<string, unknown>>;
  if (members["type"] === "view") return readView(members);
  if (members["type"] === "follow") return readFollow(members);
  return "Requests are of the type view or follow.";
}

function readView({ extent, zoom, vehicles }: Readonly<Record<string, unknown>>): LiveRequest | string {
  if (!isExtent(extent)) return "extent is [west, south, east, north] in degrees, south below north.";
  if (typeof zoom !== "number" || !(zoom >= 0 && zoom <= MAX_ZOOM))
    return `zoom is a number from 0 to ${MAX_ZOOM}.`;
  return { type: "view", extent, zoom, vehicles: vehicles === true };
}

/** A map that is dragged round the globe may show longitudes beyond 180°. */
function isExtent(value: unknown): value is Extent {
  if (!Array.isArray(value) || value.length !== 4) return false;
  if (!value.every((deg) => typeof deg === "number" && Math.abs(deg) <= 540)) return false;
  const [west = 0, south = 0, east = 0, north = 0] = value as number[];
  return west <= east && south <= north && Math.abs(south) <= 90 && Math.abs(north) <= 90;
}

function readFollow({ slot }: Readonly<Record<string, unknown>>): LiveRequest | string {
  if (slot === undefined || slot === null) return { type: "follow", slot: undefined };
  return Number.isInteger(slot) && (slot as number) >= 0 && (slot as number) <= MAX_SLOT
    ? { type: "follow", slot: slot as number }
    : "slot is a whole number, or absent to follow nobody.";
}
