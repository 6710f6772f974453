// Loaded into the server under test: tells what it holds on to. Silent in the server's own children.
import { EventEmitter } from "node:events";
import { getHeapSpaceStatistics, queryObjects, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

if (process.argv[1]?.endsWith("roadpulse.js")) {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  let leakWarnings = 0;
  process.on("warning", ({ name }) => {
    if (name === "MaxListenersExceededWarning") leakWarnings++;
  });
  process.on("message", () => {
    collect();
    const resources = {};
    for (const type of process.getActiveResourcesInfo()) resources[type] = (resources[type] ?? 0) + 1;
    process.send({
      heapBytes: process.memoryUsage().heapUsed,
      heapSpaces: Object.fromEntries(
        getHeapSpaceStatistics().map((space) => [space.space_name, space.space_used_size]),
      ),
      emitters: queryObjects(EventEmitter),
      processListeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
      leakWarnings,
      resources,
    });
  });
}
