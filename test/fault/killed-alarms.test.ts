import { describe, expect, it } from "vitest";
import { freePort } from "../../bench/support/free-port.ts";
import type { AlarmView } from "../../src/api/contract/alarms.ts";
import type { WireIngestItem } from "../../src/wire/ingest-frame.ts";
import { temporaryFolder } from "../store/folders.ts";
import { buildBeforehand } from "../support/process.ts";
import { Producer } from "../support/stream-client.ts";
import { FallibleServer } from "./alert-world.ts";

buildBeforehand();

/** A wrong-way driver, told by a notice. */
const wrongWay = (event: number): WireIngestItem => ({
  station_id: 900,
  hazard: {
    event: { originating_station_id: 900, sequence_number: event },
    position: { latitude_e7: 514_400_000 + event * 1_000_000, longitude_e7: 67_000_000 },
    cause_code: 14,
    sub_cause_code: 1,
    information_quality: 6,
    event_heading_ddeg: 900,
    validity_s: 600,
  },
});

const COMMANDS = 5;

describe("alarms of a server that is killed", () => {
  it("are as acknowledged after the restart as they were answered, with the same ids and revisions", async () => {
    const server = new FallibleServer(await freePort(), temporaryFolder());
    const http = server.url.replace("ws", "http");
    const alarms = async () => {
      const answer = await fetch(`${http}/v1/alarms`);
      return ((await answer.json()) as { alarms: AlarmView[] }).alarms;
    };
    await server.start();
    const producer = await Producer.open(`${server.url}/v1/stream`, "gateway-1");
    const events = Array.from({ length: COMMANDS + 2 }, (_, i) => wrongWay(i));
    await producer.sendItems(...events);
    await expect.poll(async () => (await alarms()).length).toBe(events.length);
    const answered: AlarmView[] = [];
    for (const { alarmId, revision } of (await alarms()).slice(0, COMMANDS)) {
      const answer = await fetch(`${http}/v1/alarms/${alarmId}/commands`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "If-Match": `"${revision}"`,
          "X-Operator-Name": "Ada",
        },
        body: JSON.stringify({ command: "acknowledge" }),
      });
      answered.push((await answer.json()) as AlarmView);
    }
    const before = await alarms();
    // Nothing is given the time to be written after the last answer.
    await server.kill();
    await server.start();
    const after = await alarms();
    expect(after).toEqual(before);
    for (const view of answered) expect(after).toContainEqual(view);
    expect(after.filter(({ acknowledged }) => acknowledged?.by === "Ada")).toHaveLength(COMMANDS);
    await server.process.stop("SIGTERM");
  }, 60_000);
});
