import { seededRandom } from "../../bench/support/random.ts";
import { type AlertStream, type AlertStreamMessage, subscribeAlerts } from "../../src/client/alert-stream.ts";
import { connectProducer } from "../../src/client/producer.ts";
import { type AlertState, isTerminal } from "../../src/domain/alert.ts";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";
import { StoredAlert } from "../../src/store/alert-record.ts";
import { realFiles } from "../../src/store/journal-files.ts";
import { listSegments, readJournal } from "../../src/store/journal-segments.ts";
import type { WireIngestItem } from "../../src/wire/ingest-frame.ts";

/** Longer than any step of a clock in these tests: what has expired is refused. */
const LONG_VALIDITY_S = 7_200;

/** Hazards that begin, change and end, so that every frame causes transitions; the same for every run with a seed. */
export class HazardSource {
  #sequence = 0;
  readonly #open: number[] = [];
  readonly #random: () => number;
  readonly #stationId: number;
  readonly #validityS: number;

  constructor(seed: number, validityS = LONG_VALIDITY_S) {
    this.#validityS = validityS;
    this.#random = seededRandom(seed);
    this.#stationId = 9_000 + seed;
  }

  next(): WireIngestItem {
    const ends = this.#open.length > 20 || (this.#open.length > 0 && this.#random() < 0.4);
    return ends ? this.#end() : this.#begin();
  }

  #begin(): WireIngestItem {
    this.#open.push(++this.#sequence);
    return {
      station_id: this.#stationId,
      hazard: {
        event: { originating_station_id: this.#stationId, sequence_number: this.#sequence % 65_536 },
        position: {
          latitude_e7: 510_000_000 + Math.floor(this.#random() * 9_000_000),
          longitude_e7: 62_000_000 + Math.floor(this.#random() * 12_000_000),
        },
        cause_code: 10,
        sub_cause_code: 1,
        information_quality: 4,
        event_heading_ddeg: 900,
        validity_s: this.#validityS,
      },
    };
  }

  #end(): WireIngestItem {
    const [sequence = 0] = this.#open.splice(Math.floor(this.#random() * this.#open.length), 1);
    const event = { originating_station_id: this.#stationId, sequence_number: sequence % 65_536 };
    return { station_id: this.#stationId, hazard: { event, termination: 1, reference_offset_ms: 50 } };
  }
}

/** Sends hazards as fast as their receipts come, through every loss of the connection, until it is aborted. */
export async function produce(
  url: string,
  seed: number,
  signal: AbortSignal,
  pauseMs = 0,
  validityS = LONG_VALIDITY_S,
): Promise<void> {
  const source = new HazardSource(seed, validityS);
  while (!signal.aborted) {
    let received: () => void = () => undefined;
    const producer = await connectProducer(
      url,
      { sourceId: `rsu-${seed}`, kind: "rsu" },
      { onReceipt: () => received() },
    ).catch(() => undefined);
    if (producer === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    let isOpen = true;
    const closed = producer.closed.then(() => {
      isOpen = false;
    });
    while (isOpen && !signal.aborted) {
      const receipt = new Promise<void>((resolve) => {
        received = resolve;
      });
      producer.send({
        base_time_unix_ms: Date.now(),
        want_receipt: true,
        items: Array.from({ length: 5 }, () => source.next()),
      });
      await Promise.race([receipt, closed]);
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    producer.close();
  }
}

/** Follows all alerts through every loss of the connection, and notices what must not happen. */
export class Witness {
  readonly stream: AlertStream;
  readonly faults: string[] = [];
  /** The last transition told. */
  reached = 0;
  reconnects = 0;
  gaps = 0;
  /** What was told, as `sequence alert revision state`; only where it is asked for. */
  readonly told: string[] = [];
  readonly #keeps: boolean;

  constructor(url: string, seed: number, keeps: boolean) {
    this.#keeps = keeps;
    const random = seededRandom(seed);
    this.stream = subscribeAlerts(
      url,
      {
        subscriptionId: "all",
        area: { form: "everywhere" },
        filter: EVERY_ALERT,
        positionsIntervalMs: undefined,
        resume: undefined,
      },
      (message) => this.#take(message),
      { random: () => random() * 0.2, onInterruption: () => this.reconnects++ },
    );
  }

  #take(message: AlertStreamMessage): void {
    if (message.kind === "gap") this.gaps++;
    if (message.kind === "subscribed" && !message.resumed) this.reached = message.cursor.sequence;
    if (message.kind !== "alerts" || message.snapshot) return;
    for (const { sequence, alert } of message.deliveries) {
      if (sequence !== this.reached + 1) this.faults.push(`${sequence} after ${this.reached}`);
      this.reached = sequence;
      if (this.#keeps) this.told.push(line(sequence, alert));
    }
  }
}

const line = (
  sequence: number,
  alert: { readonly alertId: string; readonly revision: number; readonly state: AlertState },
): string => `${sequence} ${alert.alertId} ${alert.revision} ${alert.state}`;

/** The alert log of a folder, line by line, and what is wrong with it. */
export function auditLog(folder: string): { readonly lines: string[]; readonly faults: string[] } {
  const lines: string[] = [];
  const faults: string[] = [];
  const revisions = new Map<string, number>();
  const ended = new Set<string>();
  let last = 0;
  const onDamage = (damage: object) => faults.push(JSON.stringify(damage));
  for (const { number, bytes } of readJournal(folder, 1, { onDamage })) {
    const { alert } = StoredAlert.read(number, bytes);
    if (number !== last + 1) faults.push(`${number} after ${last}`);
    if (ended.has(alert.alertId)) faults.push(`${line(number, alert)} after its end`);
    if (alert.revision !== (revisions.get(alert.alertId) ?? 0) + 1)
      faults.push(`revision: ${line(number, alert)}`);
    if (isTerminal(alert.state)) ended.add(alert.alertId);
    revisions.set(alert.alertId, alert.revision);
    lines.push(line(number, alert));
    last = number;
  }
  if (listSegments(realFiles, folder).length === 0) faults.push("there is no log");
  return { lines, faults };
}
