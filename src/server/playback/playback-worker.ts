import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { LiveOutlet } from "../../api/live/outlet.ts";
import { permitOf } from "../../deliver/permit.ts";
import { alarmSettingsFrom } from "../centre/alarm-file.ts";
import { pipelineParts } from "../pipeline-parts.ts";
import { Playback } from "./playback.ts";
import type { FromPlayback, PlaybackOrder, ToPlayback } from "./playback-messages.ts";

/**
 * Bytes on their way to the connection that are not yet its backlog: a second's tiles of a city. The server tells a moment
 * later what the network has taken.
 */
const ON_THE_WAY_BYTES = 1024 * 1024;

const port = parentPort;
if (port === null) throw new Error("this is the thread of a playback, not a program");
const tell = (news: FromPlayback): void => port.postMessage(news);

// Of this thread alone: on Linux priorities belong to threads. The running server comes first.
setPriority(constants.priority.PRIORITY_LOW);

const { config, options } = workerData as PlaybackOrder;
const playback = new Playback(options, {
  config,
  detection: pipelineParts(config),
  alarms: alarmSettingsFrom(config.centre.alarms),
});
playback.onState((view) => tell({ kind: "state", view }));

interface Far {
  readonly session: ReturnType<Playback["open"]>;
  onTheWay: number;
}
const sessions = new Map<number, Far>();

port.on("message", (order: ToPlayback) => {
  if (order.kind === "command") return playback.command(order.command);
  if (order.kind === "open") return open(order);
  const far = sessions.get(order.id);
  if (far === undefined) return;
  if (order.kind === "message") far.session.message(order.bytes);
  else if (order.kind === "taken") take(far, order.bytes);
  else {
    sessions.delete(order.id);
    far.session.closed();
  }
});

function open({ id, viewer, limits }: Extract<ToPlayback, { kind: "open" }>): void {
  let onTheWay = 0;
  const backlog = (): number => (onTheWay <= ON_THE_WAY_BYTES ? 0 : onTheWay);
  const outlet: LiveOutlet = {
    send(bytes) {
      onTheWay += bytes.length;
      tell({ kind: "send", id, bytes });
      return backlog() === 0 ? "sent" : "buffered";
    },
    bufferedBytes: backlog,
    close: (code, reason) => tell({ kind: "close", id, code, reason }),
  };
  const session = playback.open(outlet, { viewer, permit: permitOf(limits) });
  sessions.set(id, {
    session,
    get onTheWay() {
      return onTheWay;
    },
    set onTheWay(bytes) {
      onTheWay = bytes;
    },
  });
}

function take(far: Far, bytes: number): void {
  const wasFull = far.onTheWay > ON_THE_WAY_BYTES;
  far.onTheWay -= bytes;
  if (wasFull && far.onTheWay <= ON_THE_WAY_BYTES) far.session.drained();
}
