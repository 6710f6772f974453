import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildMap } from "../../src/map-build/build.ts";
import { SumoNetworkReader } from "../../src/map-build/sumo-network.ts";
import { readLoopMessage } from "../../src/recording/import/loop-message.ts";
import { importLoops } from "../../src/recording/import/loops.ts";
import { readOdeMessage } from "../../src/recording/import/ode-message.ts";
import { StoredAlert } from "../../src/store/alert-record.ts";
import { BlockWriter, readBlock } from "../../src/store/input-block.ts";
import { type JournalFiles, realFiles } from "../../src/store/journal-files.ts";
import { scanFrames, writeFrame } from "../../src/store/journal-frame.ts";
import { readNewestState, writeState } from "../../src/store/saved-states.ts";
import { readBlob, readBlobHeader, readBlock as readOsmBlock } from "../../src/wire/osm-pbf.ts";
import { alert } from "../deliver/world.ts";
import { asPbf, asXml, at, type TestWorld } from "../map-build/osm-world.ts";
import { damagedBytes, damagedJson, hostileJson } from "./hostile.ts";
import { RUNS, survives, survivesAwaiting, TIMEOUT_MS } from "./survives.ts";

const folder = mkdtempSync(join(tmpdir(), "roadpulse-fuzz-"));
const slow = { timeout: TIMEOUT_MS };

/** Files are written for each input: dearer by a thousand. */
const FILE_RUNS = Math.max(20, Math.floor(RUNS / 10));

const world: TestWorld = {
  nodes: [at(1, 0, 0), at(2, 500, 0), at(3, 900, 30, { highway: "motorway_junction", ref: "12" })],
  ways: [{ id: 1, nodes: [1, 2, 3], tags: { highway: "motorway", oneway: "yes", ref: "A 40", lanes: "3" } }],
};
const SUMO = `<?xml version="1.0"?><net><location netOffset="-330000.00,-5690000.00" convBoundary="0,0,1,1"
 origBoundary="6,51,7,52" projParameter="+proj=utm +zone=32 +ellps=WGS84 +datum=WGS84 +units=m +no_defs"/>
 <edge id="a" from="x" to="y" type="highway.motorway"><lane id="a_0" index="0" speed="33" shape="0,0 900,0"/></edge>
 <edge id="b" from="y" to="z" type="highway.motorway"><lane id="b_0" index="0" speed="33" shape="900,0 1800,9"/></edge>
 <connection from="a" to="b" fromLane="0" toLane="0" dir="s" state="M"/></net>`;

describe("importers of maps take any file", () => {
  const isExplained = (error: Error): boolean => error.name === "MapBuildError";

  it.each([
    ["OpenStreetMap, XML", Buffer.from(asXml(world))],
    ["OpenStreetMap, protobuf", asPbf(world)],
    ["SUMO", Buffer.from(SUMO)],
  ])("%s, whole", slow, async (_name, sample) => {
    const file = join(folder, "map");
    await survivesAwaiting(
      damagedBytes([sample]),
      (bytes) => {
        writeFileSync(file, bytes);
        return buildMap(file);
      },
      { runs: FILE_RUNS, mayThrow: isExplained },
    );
  });

  it("the network of SUMO, its text alone", slow, () =>
    survives(
      damagedBytes([Buffer.from(SUMO)]),
      (bytes) => {
        const network = new SumoNetworkReader();
        network.reader.push(Buffer.from(bytes).toString());
        network.reader.end();
        return network.network();
      },
      isExplained,
    ),
  );

  it("blobs of OpenStreetMap, each alone", slow, () => {
    const ignored = { node: () => undefined, way: () => undefined };
    survives(
      damagedBytes([asPbf(world).subarray(4)]),
      (bytes) => {
        readBlobHeader(bytes);
        readBlob(bytes);
        readOsmBlock(bytes, ignored as never);
      },
      // What is thrown is told as an extract that is not whole.
      () => true,
    );
  });
});

describe("importers of sensors take any line", () => {
  const LINE =
    '/a/PZH01_MST_0690_01/lane1= {"lat":52.1,"long":4.4,"flow":660,"period":60,"timestamp":"2016-01-01 00:00:00"}';

  it("loop detectors", slow, () =>
    survives(damagedBytes([Buffer.from(LINE)]), (bytes) => readLoopMessage(Buffer.from(bytes).toString())),
  );

  it("messages of the ODE", slow, () => {
    const message = {
      metadata: { payloadType: "OdeBsmPayload" },
      payload: { data: { coreData: { id: "A" } } },
    };
    survives(fc.oneof(hostileJson, damagedJson(message)), (text) => {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return;
      }
      readOdeMessage(value);
    });
  });

  it("files of loop detectors", slow, async () => {
    const file = join(folder, "loops");
    await survivesAwaiting(
      damagedBytes([Buffer.from(`${LINE}\n${LINE.replace("lane1", "lane2")}\n`)]),
      (bytes) => {
        writeFileSync(file, bytes);
        return importLoops(file, join(folder, "loops.mcap"));
      },
      { runs: FILE_RUNS },
    );
  });
});

/** Files in memory that can be read only. */
function filesOf(bytes: Uint8Array): JournalFiles {
  return {
    ...realFiles,
    read(_file, into, at, length, position) {
      const part = bytes.subarray(position, position + length);
      into.set(part, at);
      return part.length;
    },
  };
}

describe("what outlives a process is read however it was damaged", () => {
  it("journals: damage costs the damaged records only", slow, () => {
    const journal = Buffer.alloc(2_000);
    let end = 0;
    for (let number = 1; number <= 8; number++)
      end = writeFrame(journal, end, 1, number, Buffer.alloc(number * 20, number));
    const whole = journal.subarray(0, end);
    survives(damagedBytes([whole]), (bytes) => {
      for (const { number, bytes: payload } of scanFrames(filesOf(bytes), 0, 0, () => undefined))
        expect(payload).toEqual(Buffer.alloc(number * 20, number));
    });
  });

  it("records of alerts", slow, () => {
    const record = StoredAlert.of(7, 3, alert()).toRecord();
    survives(
      damagedBytes([record, Buffer.from(`\u0001${JSON.stringify({ previousSequence: 3, alert: alert() })}`)]),
      (bytes) => StoredAlert.read(7, bytes).alert,
      // Behind the checksum of its frame it is a fault of the program: named, not taken.
      (error) => error instanceof Error,
    );
  });

  it("blocks of inputs", slow, () => {
    const writer = new BlockWriter();
    writer.add({ kind: "session-opened", receivedAtMs: 1, slot: 1 });
    writer.add({ kind: "message", receivedAtMs: 2, slot: 1, bytes: new Uint8Array(30) });
    writer.add({ kind: "shed", receivedAtMs: 3, slot: 1, items: 5, reason: "overload" });
    writer.add({ kind: "session-closed", receivedAtMs: 4, slot: 1, reason: "1000" });
    const block = Uint8Array.from(writer.take(50));
    survives(damagedBytes([block]), readBlock, (error) => error instanceof Error);
  });

  it("saved states: whole or not at all", slow, () => {
    const states = join(folder, "states");
    mkdirSync(states);
    const snapshot = { tracker: { version: 1, state: { a: [1, 2], b: "x" } } };
    writeState(states, { fingerprint: "f", block: 3, throughMs: 9, snapshot });
    const path = join(states, readdirSync(states)[0] ?? "");
    const whole = readFileSync(path);
    survives(damagedBytes([whole]), (bytes) => {
      writeFileSync(path, bytes);
      const state = readNewestState(states, "f", () => undefined);
      if (state !== undefined) expect(state.snapshot).toEqual(snapshot);
    });
  });
});
