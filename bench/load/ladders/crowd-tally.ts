import type { Alert } from "../../../src/domain/alert.ts";
import { isRejection } from "../../../src/domain/rejection.ts";
import { decodeServerMessage } from "../../../src/wire/server-message-reader.ts";
import { scanAlertBatch } from "./alert-scan.ts";
import type { CrowdMark } from "./crowd-protocol.ts";

/** A message on its way to all sockets. */
interface Spreading {
  readonly firstMs: number;
  readonly copies: number;
  /** When the deciding reports of its new brakings were to be sent, Unix ms. */
  readonly brakedAtUnixMs: readonly number[];
}

/** More than are under way at any time; the oldest are forgotten beyond it and count as incomplete. */
const MAX_SPREADING = 20_000;
/** Values of one mark: enough for every quantile of interest. */
const MAX_VALUES = 200_000;

type Tally = Omit<CrowdMark, "incomplete" | "lostSockets" | "firstLoss" | "cpuSeconds">;

function freshTally() {
  return {
    deliveries: 0,
    areaDeliveries: 0,
    messages: 0,
    bytes: 0,
    hazardsSeen: 0,
    firstLatenciesMs: [] as number[],
    lastLatenciesMs: [] as number[],
    spreadsMs: [] as number[],
    areaLatenciesMs: [] as number[],
  };
}

/** What a crowd of subscribers receives: every copy counted, the first copy of each message decoded. */
export class CrowdTally {
  readonly #everywhere: number;
  readonly #spreading = new Map<number, Spreading>();
  #tally = freshTally();
  #forgotten = 0;

  /** @param everywhere sockets that each message for all must reach */
  constructor(everywhere: number) {
    this.#everywhere = everywhere;
  }

  get incomplete(): number {
    return this.#spreading.size + this.#forgotten;
  }

  /** A message at a socket that sees every alert. */
  atEverywhere(payload: Uint8Array, nowMs: number): void {
    const batch = scanAlertBatch(payload);
    if (batch === undefined || batch.isSnapshot) return;
    const tally = this.#tally;
    tally.messages++;
    tally.bytes += payload.length;
    tally.deliveries += batch.deliveries;
    const before = this.#spreading.get(batch.sequence);
    const spreading = {
      firstMs: before?.firstMs ?? nowMs,
      copies: (before?.copies ?? 0) + 1,
      brakedAtUnixMs: before?.brakedAtUnixMs ?? this.#first(payload, nowMs),
    };
    if (spreading.copies < this.#everywhere) this.#remember(batch.sequence, spreading);
    else this.#complete(batch.sequence, spreading, nowMs);
  }

  /** A message at a socket with areas. */
  atAreas(payload: Uint8Array, nowMs: number): void {
    const batch = scanAlertBatch(payload);
    if (batch === undefined || batch.isSnapshot) return;
    this.#tally.messages++;
    this.#tally.bytes += payload.length;
    this.#tally.areaDeliveries += batch.deliveries;
    const nowUnixMs = performance.timeOrigin + nowMs;
    for (const brakedAtMs of newBrakings(payload)) {
      push(this.#tally.areaLatenciesMs, nowUnixMs - brakedAtMs);
    }
  }

  take(): Tally {
    const taken = this.#tally;
    this.#tally = freshTally();
    return taken;
  }

  #first(payload: Uint8Array, nowMs: number): readonly number[] {
    const brakings = newBrakings(payload);
    this.#tally.hazardsSeen += brakings.length;
    for (const brakedAtMs of brakings) {
      push(this.#tally.firstLatenciesMs, performance.timeOrigin + nowMs - brakedAtMs);
    }
    return brakings;
  }

  #remember(sequence: number, spreading: Spreading): void {
    this.#spreading.set(sequence, spreading);
    if (this.#spreading.size <= MAX_SPREADING) return;
    for (const oldest of this.#spreading.keys()) {
      this.#spreading.delete(oldest);
      this.#forgotten++;
      break;
    }
  }

  #complete(sequence: number, { firstMs, brakedAtUnixMs }: Spreading, nowMs: number): void {
    this.#spreading.delete(sequence);
    push(this.#tally.spreadsMs, nowMs - firstMs);
    for (const brakedAtMs of brakedAtUnixMs) {
      push(this.#tally.lastLatenciesMs, performance.timeOrigin + nowMs - brakedAtMs);
    }
  }
}

/** When the vehicles of new emergency brakings said so, Unix ms. */
function newBrakings(payload: Uint8Array): number[] {
  const message = decodeServerMessage(payload);
  if (isRejection(message)) throw new Error(`the server sent what cannot be read: ${message.rejected}`);
  if (message.kind !== "alerts") return [];
  const isNew = ({ kind, state }: Alert): boolean => kind === "emergency-brake" && state === "new";
  return message.deliveries.filter(({ alert }) => isNew(alert)).map(({ alert }) => alert.referencedAtMs);
}

function push(values: number[], value: number): void {
  if (values.length < MAX_VALUES) values.push(value);
}
