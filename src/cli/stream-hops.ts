import { subprotocol } from "../domain/subprotocol.ts";
import { EVERY_ALERT } from "../domain/subscription.ts";
import { encodeIngestFrame, SCHEMA_MINOR } from "../wire/ingest-frame.ts";
import { encodeSubscribe } from "../wire/subscriber-message.ts";
import { type Examination, HopFailure, HopSkipped, PATIENCE_MS } from "./hop.ts";
import { StreamProbe } from "./stream-probe.ts";

const SOURCE_NAME = "roadpulse-doctor";

/** Far from every road: 1° N 1° E, in the Gulf of Guinea. */
const OPEN_SEA = { latitude_e7: 10_000_000, longitude_e7: 10_000_000 };

export async function reachFastLane({ url, version }: Examination): Promise<string> {
  if (version["fastLaneEngine"] === "off") throw new HopSkipped("this server has none");
  const told = String(version["fastLaneUrl"] ?? "");
  if (!URL.canParse(told)) throw new HopSkipped("the server does not tell its address");
  // Its port only: the server knows itself under the address that it is bound to, e.g. 0.0.0.0.
  const { port } = new URL(told);
  const address = new URL(url);
  address.port = port;
  const probe = await openProbe(address, subprotocol.alerts);
  await probe.close();
  return `takes streams on port ${port}`;
}

export async function produce(examination: Examination): Promise<string> {
  if (examination.version["clock"] === "replay")
    throw new HopSkipped("this server takes its time from recordings");
  const probe = await openProbe(examination.url, subprotocol.ingest);
  try {
    await probe.expect("welcome");
    probe.send(statusFrame(Date.now()));
    examination.receipt = await probe.expect("receipt");
    return "hello and one status reading were answered with a receipt";
  } catch (error) {
    throw new HopFailure(
      (error as Error).message,
      "The server takes connections but does not handle messages.",
    );
  } finally {
    await probe.close();
  }
}

/** A reading that says that its sender is well: nothing detects anything in it. */
function statusFrame(nowMs: number): Uint8Array {
  return encodeIngestFrame({
    base_time_unix_ms: nowMs,
    schema_minor: SCHEMA_MINOR,
    want_receipt: true,
    hello: { source_id: SOURCE_NAME, kind: 3, time_base: 1, software: SOURCE_NAME },
    items: [
      {
        station_id: 1,
        sensor: {
          position: OPEN_SEA,
          sensor_name: SOURCE_NAME,
          unit_health: { queued_messages: 0 },
        },
      },
    ],
  });
}

export async function judgeReceipt({ receipt }: Examination): Promise<string> {
  if (receipt?.accepted === 1) return "the reading was decoded, validated and accepted";
  const [rejected] = receipt?.rejected ?? [];
  const reason =
    rejected === undefined ? "for no stated reason" : `as ${rejected.reason} ${rejected.field}`.trim();
  const hint =
    rejected?.reason === "future" || rejected?.reason === "stale"
      ? "Set the clocks of this machine and of the server."
      : "Client and server may be of different versions.";
  throw new HopFailure(`the reading was rejected ${reason}`, hint);
}

export async function subscribe({ url }: Examination): Promise<string> {
  const probe = await openProbe(url, subprotocol.alerts);
  try {
    await probe.expect("welcome");
    probe.send(
      encodeSubscribe({
        subscriptionId: SOURCE_NAME,
        area: { form: "everywhere" },
        filter: EVERY_ALERT,
        positionsIntervalMs: undefined,
        resume: undefined,
      }),
    );
    const { snapshotAlerts } = await probe.expect("subscribed");
    return `subscribed; alerts live: ${snapshotAlerts}`;
  } catch (error) {
    throw new HopFailure(
      (error as Error).message,
      "The server takes connections but does not serve subscriptions.",
    );
  } finally {
    await probe.close();
  }
}

async function openProbe(url: URL, protocol: string): Promise<StreamProbe> {
  try {
    return await StreamProbe.open(url.href, protocol, PATIENCE_MS);
  } catch (error) {
    throw new HopFailure(
      (error as Error).message,
      "Check the path of the address, and what stands between, e.g. a proxy.",
    );
  }
}
