import { ActiveSubscription } from "../deliver/active-subscription.ts";
import { type Alert, isTerminal } from "../domain/alert.ts";
import {
  type AlertFilter,
  EVERY_ALERT,
  type StationQuery,
  type Subscription,
} from "../domain/subscription.ts";
import { type FilterStep, filterSteps } from "./filter-steps.ts";

/** What became of one revision on its way to a subscriber. */
export interface DeliveryVerdict {
  readonly alert: Alert;
  /** When it was judged, Unix ms: at its transition, or later where it came to lie ahead without one. */
  readonly atMs: number;
  readonly steps: readonly FilterStep[];
  /** Undefined where a step cannot be told. */
  readonly told: boolean | undefined;
  /** One sentence. */
  readonly reason: string;
}

/** What a subscription asks to be told, and when it began. */
export interface WatchOptions {
  /** The subscriber comes at this time, Unix ms; before the recording where absent. */
  readonly sinceMs?: number;
}

/** Nobody is sent anything here. */
const NOBODY = {} as ConstructorParameters<typeof ActiveSubscription>[1];

const NO_STATIONS: StationQuery = { get: () => undefined, within: () => [], inShape: () => [], size: 0 };

/**
 * Follows one alert on its way to one subscription by the rules of delivery: told is what passes filter and area; of an
 * alert that was told of, the subscriber hears until its end, whatever becomes of it, and ahead of a station while it is
 * ahead. Who comes later is told of what is live then.
 */
export class DeliveryWatch {
  readonly #subscription: Subscription;
  readonly #active: ActiveSubscription;
  readonly #unfiltered: ActiveSubscription;
  readonly #stations: StationQuery | undefined;
  readonly #sinceMs: number;
  readonly #verdicts: DeliveryVerdict[] = [];
  #live: Alert | undefined;
  #isTold = false;
  /** Revision told last; lies ahead of a station are told again only after a change. */
  #toldRevision = 0;

  /** @param stations where stations are, as of the record that is being looked at; undefined for a live server */
  constructor(
    subscription: Subscription,
    stations: StationQuery | undefined,
    { sinceMs = Number.NEGATIVE_INFINITY }: WatchOptions = {},
  ) {
    const known = stations ?? NO_STATIONS;
    const everything: AlertFilter = EVERY_ALERT;
    this.#subscription = subscription;
    this.#stations = stations;
    this.#sinceMs = sinceMs;
    this.#active = new ActiveSubscription("why-not", NOBODY, subscription, known);
    this.#unfiltered = new ActiveSubscription("area", NOBODY, { ...subscription, filter: everything }, known);
  }

  get verdicts(): readonly DeliveryVerdict[] {
    return this.#verdicts;
  }

  /** The subscriber was told of the alert at least once; undefined where that cannot be told. */
  get wasTold(): boolean | undefined {
    if (this.#verdicts.some(({ told }) => told === true)) return true;
    return this.#verdicts.some(({ told }) => told === undefined) ? undefined : false;
  }

  /** A transition of the alert, in order. */
  onTransition(alert: Alert): void {
    const ended = isTerminal(alert.state);
    const missedSnapshot = this.#live !== undefined && this.#live.detectedAtMs < this.#sinceMs;
    if (missedSnapshot && alert.detectedAtMs >= this.#sinceMs && this.#live !== undefined && !this.#isTold) {
      this.#judge(this.#live, this.#sinceMs, "It was live when the subscriber came: part of the snapshot");
    }
    this.#live = ended ? undefined : alert;
    if (alert.detectedAtMs < this.#sinceMs) {
      this.#note(alert, alert.detectedAtMs, false, "The subscriber was not there yet.");
      return;
    }
    if (ended && !this.#isTold) {
      this.#note(
        alert,
        alert.detectedAtMs,
        false,
        "The end of an alert that it was never told of is no news.",
      );
    } else if (this.#isTold && this.#followsWithoutAsking(ended)) {
      this.#note(
        alert,
        alert.detectedAtMs,
        true,
        "It was told of this alert, so it hears of it until the end.",
      );
    } else this.#judge(alert, alert.detectedAtMs, "Every condition holds");
  }

  /** Looks once a second what has come to lie ahead of a moving station although the alert has not changed. */
  onSecond(timeMs: number): void {
    const live = this.#live;
    if (live === undefined || this.#subscription.area.form !== "ahead" || timeMs < this.#sinceMs) return;
    if (this.#toldRevision === live.revision || !this.#active.matches(live)) return;
    this.#judge(live, timeMs, "It has come to lie ahead");
  }

  #followsWithoutAsking(ended: boolean): boolean {
    return ended || this.#subscription.area.form !== "ahead";
  }

  #judge(alert: Alert, atMs: number, passed: string): void {
    const steps = filterSteps(
      this.#subscription,
      alert,
      (one) => this.#unfiltered.matches(one),
      this.#stations,
    );
    const failed = steps.filter(({ passes }) => passes === false);
    const unknown = failed.length === 0 && steps.some(({ passes }) => passes === undefined);
    const told = unknown ? undefined : failed.length === 0;
    const reason = told === true ? `${passed}.` : refusalOf(failed, unknown);
    if (told === true) this.#remember(alert);
    this.#verdicts.push({ alert, atMs, steps, told, reason });
  }

  #note(alert: Alert, atMs: number, told: boolean, reason: string): void {
    if (told) this.#remember(alert);
    const steps = filterSteps(
      this.#subscription,
      alert,
      (one) => this.#unfiltered.matches(one),
      this.#stations,
    );
    this.#verdicts.push({ alert, atMs, steps, told, reason });
  }

  #remember(alert: Alert): void {
    this.#isTold = true;
    this.#toldRevision = alert.revision;
  }
}

function refusalOf(failed: readonly FilterStep[], unknown: boolean): string {
  if (unknown) return "Nobody can tell from here.";
  const [first, ...others] = failed;
  if (first === undefined) return "Nothing speaks against it.";
  const more = others.length === 0 ? "" : `, and ${others.map(({ name }) => name).join(", ")}`;
  return `Not told because of ${first.name}${more}: ${first.text}.`;
}
