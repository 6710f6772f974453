import type { MapPosition } from "./leaflet.ts";

/** `13/51.43431/6.76212` of the URL; undefined where it is none. */
export function readPosition(text: string | undefined): MapPosition | undefined {
  const parts = text?.split("/").map(Number) ?? [];
  const [zoom, latitudeDeg, longitudeDeg] = parts;
  if (zoom === undefined || latitudeDeg === undefined || longitudeDeg === undefined) return undefined;
  if (!(zoom >= 0 && zoom <= 22 && Math.abs(latitudeDeg) <= 85 && Math.abs(longitudeDeg) <= 180))
    return undefined;
  return { zoom, latitudeDeg, longitudeDeg };
}

/** Five digits are a metre. */
export function writePosition({ zoom, latitudeDeg, longitudeDeg }: MapPosition): string {
  return `${zoom}/${latitudeDeg.toFixed(5)}/${longitudeDeg.toFixed(5)}`;
}
