// The server under test, a process of its own: warmed, then fed through sockets.
import { pickFastLane } from "../../src/transport/fast-lane.ts";
import { makeBase } from "./base-traffic.ts";
import { hashedExpenditures } from "./expenditures.ts";
import { RoadServer } from "./road-server.ts";
import { RULES } from "./rules.ts";
import type { ServerAnswer, ServerOrder } from "./server-protocol.ts";
import { warmStart } from "./warm-start.ts";

let server: RoadServer | undefined;

async function start(order: Extract<ServerOrder, { kind: "start" }>): Promise<ServerAnswer> {
  const base = makeBase(order.base);
  server = new RoadServer({
    rules: RULES.roadpulse,
    expenditures: hashedExpenditures,
    expectedVehicles: order.copies * base.vehicleStride,
  });
  warmStart(server.engine.state, base, order.copies);
  const { engine, transport } = await pickFastLane();
  return { kind: "ready", url: await server.listen(transport), engine };
}

function mark(): ServerAnswer {
  const { user, system } = process.cpuUsage();
  const { rss } = process.memoryUsage();
  if (server === undefined) throw new Error("not started");
  const { counts, engine } = server;
  return { kind: "mark", cpuUs: user + system, rssBytes: rss, counts, faults: engine.faults };
}

process.on("message", (order: ServerOrder) => {
  const answer = order.kind === "start" ? start(order) : Promise.resolve(mark());
  answer
    .then((value) => process.send?.(value))
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
});
// The driver has gone: nothing is left to do.
process.on("disconnect", () => process.exit(0));
