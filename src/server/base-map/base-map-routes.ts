import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { matchesTag, takesGzip } from "../../api/representation.ts";
import { type HttpExchange, type HttpRoute, sendProblem } from "../../ops/http.ts";
import type { RouteDescription } from "../../ops/route-description.ts";
import { type BaseMap, BaseMapError, MAX_TILE_BYTES, type Tile } from "./base-map.ts";

const gunzipped = promisify(gunzip);

const TILES = "/v1/base-map/";

/** Tiles that are read at a time: a page asks for six, and each may take 4 MiB. */
const MAX_READING = 32;

/** A base map changes with the seasons; its tag tells when it did. */
const CACHE_CONTROL = "private, max-age=3600";

const part = (name: string, description: string) =>
  ({ name, in: "path", description, schema: { type: "integer", minimum: 0 } }) as const;

const DESCRIPTION: RouteDescription = {
  tag: "live",
  summary: "A tile of the base map",
  path: `${TILES}{zoom}/{column}/{row}`,
  parameters: [
    part("zoom", "Zoom of Web Mercator (EPSG:3857), 0 the whole world."),
    part("column", "From the west."),
    part("row", "From the north."),
  ],
  answers: {
    200: { description: "The tile: a picture, or a Mapbox Vector Tile (version 2).", contentType: "*/*" },
    204: { description: "The map has no tile here: nothing is to be drawn." },
    304: { description: "The client has it." },
    404: {
      description: "There is no such place, the map does not have this zoom, or the server has no base map.",
    },
    503: { description: "Too many ask at once; ask again in a second." },
  },
};

export interface BaseMapRouteOptions {
  readonly map: BaseMap | undefined;
  /** The file no longer is what it was. */
  readonly onBroken: (message: string) => void;
}

/** Tiles below the roads, from this server only: the console asks nobody else. */
export function baseMapRoutes({ map, onBroken }: BaseMapRouteOptions): HttpRoute[] {
  let reading = 0;
  const handle = async (exchange: HttpExchange): Promise<void> => {
    const { response } = exchange;
    const at = placeOf(exchange.path, map);
    if (map === undefined || at === undefined)
      return sendProblem(response, 404, "no-tile", "The base map has no tile here.");
    if (isKnown(exchange, tagOf(map, at))) return;
    if (reading >= MAX_READING) {
      response.setHeader("Retry-After", "1");
      return sendProblem(response, 503, "busy", "Too many tiles are asked for at once.");
    }
    reading++;
    try {
      const tile = await map.tile(...at);
      if (tile === undefined) return void response.writeHead(204).end();
      await sendTile(exchange.request, response, tile);
    } catch (error) {
      if (!(error instanceof BaseMapError)) throw error;
      onBroken(error.message);
      sendProblem(response, 500, "base-map-broken", "The base map cannot be read any more.");
    } finally {
      reading--;
    }
  };
  return [{ method: "GET", path: `${TILES}*`, access: "subscribe", describe: DESCRIPTION, handle }];
}

type TilePlace = readonly [zoom: number, column: number, row: number];

/** Undefined for whatever is no tile of the map; what is no number never reaches a file name. */
function placeOf(path: string, map: BaseMap | undefined): TilePlace | undefined {
  const found = /^(\d{1,2})\/(\d{1,8})\/(\d{1,8})$/.exec(path.slice(TILES.length));
  if (found === null || map === undefined) return undefined;
  const [zoom = 0, column = 0, row = 0] = found.slice(1).map(Number);
  const { minZoom, maxZoom } = map.view;
  const side = 2 ** zoom;
  return zoom >= minZoom && zoom <= maxZoom && column < side && row < side ? [zoom, column, row] : undefined;
}

const tagOf = ({ version }: BaseMap, place: TilePlace): string => `${version}-${place.join("-")}`;

/** Sets the headers of the tile; answers 304 where the client has it. */
function isKnown({ request, response }: HttpExchange, tag: string): boolean {
  response.setHeader("ETag", `"${tag}"`);
  response.setHeader("Cache-Control", CACHE_CONTROL);
  if (!matchesTag(request.headers["if-none-match"], tag)) return false;
  response.writeHead(304).end();
  return true;
}

async function sendTile(request: IncomingMessage, response: ServerResponse, tile: Tile): Promise<void> {
  const isPacked = tile.encoding === "gzip";
  const keeps = isPacked && takesGzip(request.headers["accept-encoding"]);
  const bytes = isPacked && !keeps ? await unpacked(tile.bytes) : tile.bytes;
  if (response.destroyed) return;
  if (isPacked) response.setHeader("Vary", "Accept-Encoding");
  if (keeps) response.setHeader("Content-Encoding", "gzip");
  response.writeHead(200, { "Content-Type": tile.contentType, "Content-Length": bytes.length });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await gunzipped(bytes, { maxOutputLength: MAX_TILE_BYTES });
  } catch (error) {
    throw new BaseMapError("a tile", `it cannot be unpacked: ${(error as Error).message}.`);
  }
}
