import { asNumber, asObject, type JsonObject } from "./json-values.ts";

/** Messages of the USDOT operational data environment (ODE), as far as they are read here. */
export interface OdeMessage {
  readonly payloadType: string;
  /** `metadata.recordGeneratedAt`, Unix ms. */
  readonly generatedAtMs: number | undefined;
  /** `metadata.serialId.serialNumber`: counts up in the order of generation. */
  readonly serialNumber: number;
  readonly data: JsonObject;
}

/** The message in an ODE envelope; undefined where the object is no ODE message. */
export function readOdeMessage(value: unknown): OdeMessage | undefined {
  const metadata = asObject(asObject(value)?.["metadata"]);
  const payload = asObject(asObject(value)?.["payload"]);
  if (metadata === undefined || payload === undefined) return undefined;
  const generatedAtMs = Date.parse(asText(metadata["recordGeneratedAt"]) ?? "");
  return {
    payloadType: asText(metadata["payloadType"]) ?? asText(payload["dataType"]) ?? "unknown",
    generatedAtMs: Number.isFinite(generatedAtMs) ? generatedAtMs : undefined,
    serialNumber: asNumber(asObject(metadata["serialId"])?.["serialNumber"]) ?? 0,
    data: asObject(payload["data"]) ?? {},
  };
}

/** Only text is: turning a hostile object into text throws. */
function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
