import { describe, expect, it } from "vitest";
import { profileTimes, stageOf } from "../../bench/load/profile.ts";

const frame = (functionName: string, url: string) => ({ functionName, url, lineNumber: 9 });

describe("CPU profiles", () => {
  it.each([
    ["decode", "file:///x/roadpulse/dist/wire/gen/roadpulse.js", "wire"],
    ["uint32", "file:///x/roadpulse/node_modules/protobufjs/src/reader.js", "wire"],
    ["decodeItem", "file:///x/roadpulse/dist/decode/frame.js", "decode"],
    ["readMessage", "file:///x/roadpulse/dist/intake.js", "composition"],
    ["next", "file:///x/roadpulse/node_modules/rxjs/dist/cjs/internal/Subject.js", "stream"],
    ["onStreamRead", "node:internal/stream_base_commons", "sockets"],
    ["dataMessage", "file:///x/node_modules/ws/lib/receiver.js", "sockets"],
    ["processTimers", "node:internal/timers", "node"],
    ["(garbage collector)", "", "garbage collection"],
    ["(program)", "", "kernel and native code"],
  ])("give the time of %s in %s to %s", (name, url, stage) => {
    expect(stageOf(frame(name, url))).toBe(stage);
  });

  it("count busy time within the window only", () => {
    const nodes = [
      { id: 1, callFrame: frame("(idle)", "") },
      { id: 2, callFrame: frame("decodeItem", "file:///x/dist/decode/frame.js") },
      { id: 3, callFrame: frame("apply", "file:///x/dist/track/tracker.js") },
    ];
    const profile = {
      nodes,
      startTime: 1_000,
      samples: [3, 2, 1, 2, 3, 3],
      timeDeltas: [10, 10, 10, 10, 10, 10],
    };
    const times = profileTimes(profile, { fromUs: 1_015, toUs: 1_055 });
    expect(times.totalUs).toBe(30);
    expect(times.stages).toEqual({ decode: 20, track: 10 });
    expect(times.functions[0]).toEqual({ name: "decodeItem", where: "decode/frame.js:10", us: 20 });
  });
});
