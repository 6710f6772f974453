// The subscribers: a process of its own that takes orders from its parent and ends with it.
import { setTimeout as sleep } from "node:timers/promises";
import { subprotocol } from "../../../src/domain/subprotocol.ts";
import { EVERY_ALERT, type SubscriptionArea } from "../../../src/domain/subscription.ts";
import { encodeSubscribe } from "../../../src/wire/subscriber-message.ts";
import { clientFrame, LeanSocket, loopbackAddress } from "../lean-socket.ts";
import { isSubscribed } from "./alert-scan.ts";
import { subscriptionAreas } from "./areas.ts";
import type { CrowdAnswer, CrowdMark, CrowdOrder, CrowdPlan } from "./crowd-protocol.ts";
import { CrowdTally } from "./crowd-tally.ts";

/** Handshakes under way at a time. */
const CONNECT_AT_ONCE = 50;
const CONNECT_TIMEOUT_MS = 10_000;
const CONFIRM_TIMEOUT_MS = 60_000;
const CONFIRM_POLL_MS = 20;

const sockets: LeanSocket[] = [];
let tally = new CrowdTally(0);
let confirmed = 0;

async function subscribe(plan: CrowdPlan): Promise<CrowdAnswer> {
  const startMs = performance.now();
  tally = new CrowdTally(plan.everywhere);
  const areas = subscriptionAreas(plan.areas, plan.seed);
  const everywhere: SubscriptionArea = { form: "everywhere" };
  const crowds = [
    ...Array.from({ length: plan.everywhere }, () => [everywhere]),
    ...Array.from({ length: Math.ceil(plan.areas / plan.areasPerSocket) }, (_, i) =>
      areas.slice(i * plan.areasPerSocket, (i + 1) * plan.areasPerSocket),
    ),
  ];
  while (sockets.length < crowds.length) {
    const batch = crowds.slice(sockets.length, sockets.length + CONNECT_AT_ONCE);
    const from = sockets.length;
    sockets.push(...(await Promise.all(batch.map((wanted, i) => open(plan, from + i, wanted)))));
  }
  await confirmation(crowds.reduce((sum, { length }) => sum + length, 0));
  return { kind: "subscribed", sockets: sockets.length, tookMs: performance.now() - startMs };
}

async function open(plan: CrowdPlan, index: number, areas: readonly SubscriptionArea[]): Promise<LeanSocket> {
  const seesAll = index < plan.everywhere;
  const read = (payload: Uint8Array): void => {
    if (isSubscribed(payload)) confirmed++;
    else if (seesAll) tally.atEverywhere(payload, performance.now());
    else tally.atAreas(payload, performance.now());
  };
  const from = loopbackAddress(index % plan.sourceAddresses);
  const socket = await LeanSocket.open(plan.url, subprotocol.alerts, read, CONNECT_TIMEOUT_MS, from);
  for (const [i, area] of areas.entries()) {
    const subscription = {
      subscriptionId: `${index}-${i}`,
      area,
      filter: EVERY_ALERT,
      positionsIntervalMs: undefined,
      resume: undefined,
    };
    socket.sendFrame(clientFrame(encodeSubscribe(subscription)));
  }
  return socket;
}

async function confirmation(subscriptions: number): Promise<void> {
  const deadlineMs = performance.now() + CONFIRM_TIMEOUT_MS;
  while (confirmed < subscriptions) {
    if (performance.now() > deadlineMs) {
      throw new Error(`${confirmed} of ${subscriptions} subscriptions confirmed; ${lossText()}`);
    }
    await sleep(CONFIRM_POLL_MS);
  }
}

function lossText(): string {
  return `${lost().length} sockets lost (${lost()[0]?.ended ?? "none"})`;
}

function lost(): LeanSocket[] {
  return sockets.filter(({ ended }) => ended !== undefined);
}

function mark(): CrowdMark {
  const { user, system } = process.cpuUsage();
  return {
    ...tally.take(),
    incomplete: tally.incomplete,
    lostSockets: lost().length,
    firstLoss: lost()[0]?.ended,
    cpuSeconds: (user + system) / 1e6,
  };
}

async function obey(order: CrowdOrder): Promise<CrowdAnswer> {
  return order.kind === "subscribe" ? await subscribe(order.plan) : { kind: "marked", mark: mark() };
}

function answer(message: CrowdAnswer): void {
  process.send?.(message);
}

process.on("message", (order: CrowdOrder) => {
  obey(order).then(answer, (error: unknown) => answer({ kind: "failed", reason: String(error) }));
});
process.on("disconnect", () => process.exit(0));
answer({ kind: "ready" });
