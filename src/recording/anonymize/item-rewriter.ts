import { bodyOf } from "../../wire/frame-rules.ts";
import type {
  WireAutomationEvent,
  WireAwareness,
  WireHazardNotice,
  WireIngestItem,
  WirePerceivedObjects,
  WireSensorReading,
} from "../../wire/ingest-frame.ts";
import { CountersAnew } from "./counters-anew.ts";
import { AUTOMATION, AWARENESS, HAZARD, ITEM, keptOf, PERCEIVED } from "./fields.ts";
import type { AnonymizeOptions, DropReason } from "./options.ts";
import { isOverLimit, standInOf } from "./original.ts";
import { besidePlace, isIn, itemPlace, leadingPoints, placeOf, type WirePlace } from "./places.ts";
import { type Pseudonyms, utcDay } from "./pseudonyms.ts";
import { classedSize } from "./size-class.ts";
import { stationOf } from "./station-kind.ts";
import { eventName, type Survey, type WireEventKey } from "./survey.ts";
import type { Tally } from "./tally.ts";
import { isKept, type Trip } from "./trip.ts";
import { TripFinder } from "./trip-finder.ts";

/** ObjectClass of `perception.proto`: a thing on the road, whose size is no vehicle's. */
const OTHER_OBJECT = 8;

/** One item as it leaves, given what the survey knows. Items must come in the order of the recording. */
export class ItemRewriter {
  readonly #options: AnonymizeOptions;
  readonly #survey: Survey;
  readonly #pseudonyms: Pseudonyms;
  readonly #tally: Tally;
  readonly #trips: TripFinder;
  readonly #counters = new CountersAnew();
  readonly #dayOfEvent = new Map<string, number>();
  readonly #redactedEvents = new Set<string>();

  constructor(options: AnonymizeOptions, survey: Survey, pseudonyms: Pseudonyms, tally: Tally) {
    this.#options = options;
    this.#survey = survey;
    this.#pseudonyms = pseudonyms;
    this.#tally = tally;
    this.#trips = new TripFinder(survey, options.trim);
  }

  /** Undefined where the item does not leave; the tally knows why. */
  rewrite(item: WireIngestItem, atMs: number, comesFromVehicle: boolean): WireIngestItem | undefined {
    this.#tally.items++;
    const trip = this.#trips.find(item, atMs);
    const reason = this.#dropReason(item, trip, atMs);
    if (reason !== undefined) {
      this.#tally.drop(reason, bodyOf(item) ?? "none");
      return undefined;
    }
    this.#tally.writtenItems++;
    if (item.original_payload?.length) this.#tally.droppedOriginals++;
    return {
      ...keptOf(item, ITEM),
      ...standInOf(item),
      ...this.#ids(item, atMs),
      ...this.#body(item, trip === "none" || trip === "free" ? undefined : trip, atMs, comesFromVehicle),
    };
  }

  #dropReason(item: WireIngestItem, trip: Trip | "free" | "none", atMs: number): DropReason | undefined {
    if (isOverLimit(item)) return "over-limit";
    if (this.#isRedacted(item)) return "redacted-area";
    // A hazard belongs to the road and is told to everybody: it leaves, if need be under an id of its own.
    if (trip === "free" || item.hazard) return undefined;
    if (trip === "none") return "no-trip";
    return isKept(trip, atMs) ? undefined : "trip-end";
  }

  /** An event that begins in a redacted area stays there: its later notices may have no place. */
  #isRedacted(item: WireIngestItem): boolean {
    const { redacted } = this.#options;
    if (redacted.length === 0) return false;
    if (item.signal) return isIn(redacted, this.#survey.intersectionOf(item));
    if (!item.hazard) return isIn(redacted, itemPlace(item));
    const event = eventName(item.hazard.event);
    const place = itemPlace(item);
    if (isIn(redacted, place)) this.#redactedEvents.add(event);
    return this.#redactedEvents.has(event);
  }

  #ids(item: WireIngestItem, atMs: number): WireIngestItem {
    const receiver = item.receiver_id;
    const station = item.station_id ?? 0;
    return {
      station_id: item.hazard
        ? this.#senderOf(item.hazard.event, station, atMs)
        : this.#pseudonymOf(station, atMs),
      ...(receiver === null || receiver === undefined
        ? {}
        : { receiver_id: this.#pseudonymOf(receiver, atMs) }),
    };
  }

  #pseudonymOf(stationId: number, atMs: number): number {
    return this.#survey.isInfrastructure(stationId)
      ? stationId
      : this.#pseudonyms.station(stationId, utcDay(atMs));
  }

  #senderOf(key: WireEventKey | null | undefined, stationId: number, atMs: number): number {
    const event = eventName(key);
    const isDetached =
      stationId !== 0 &&
      !this.#survey.isInfrastructure(stationId) &&
      this.#survey.isDetached(stationId, event);
    return isDetached
      ? this.#pseudonyms.senderOf(event, stationId, utcDay(atMs))
      : this.#pseudonymOf(stationId, atMs);
  }

  #body(
    item: WireIngestItem,
    trip: Trip | undefined,
    atMs: number,
    comesFromVehicle: boolean,
  ): WireIngestItem {
    if (item.awareness) return { awareness: awarenessOf(item.awareness) };
    if (item.hazard) return { hazard: this.#hazard(item.hazard, stationOf(item), trip, atMs) };
    if (item.perceived) return { perceived: this.#perceived(item.perceived) };
    if (item.automation)
      return { automation: this.#automation(item.automation, stationOf(item), trip, atMs) };
    if (item.sensor) return { sensor: comesFromVehicle ? this.#sensor(item.sensor, atMs) : item.sensor };
    return {};
  }

  #hazard(
    hazard: WireHazardNotice,
    stationId: number,
    trip: Trip | undefined,
    atMs: number,
  ): WireHazardNotice {
    const { event, linked_events, traces, stationary_vehicle: standing } = hazard;
    const isDetached = this.#isDetached(hazard, stationId);
    if (isDetached) this.#tally.detachedNotices++;
    const since = standing?.stationary_since;
    return {
      ...keptOf(hazard, HAZARD),
      ...(event ? { event: this.#event(event, atMs) } : {}),
      ...(linked_events?.length ? { linked_events: linked_events.map((key) => this.#event(key, atMs)) } : {}),
      ...(traces?.length ? { traces: isDetached ? [] : this.#traces(hazard, trip) } : {}),
      ...(standing
        ? {
            stationary_vehicle: since === null || since === undefined ? {} : { stationary_since: since },
          }
        : {}),
    };
  }

  #isDetached({ event }: WireHazardNotice, stationId: number): boolean {
    const originator = event?.originating_station_id ?? 0;
    return [stationId, originator].some(
      (id) => !this.#survey.isInfrastructure(id) && this.#survey.isDetached(id, eventName(event)),
    );
  }

  #event(key: WireEventKey, atMs: number): WireEventKey {
    const originator = key.originating_station_id ?? 0;
    const sequence = key.sequence_number ?? 0;
    if (this.#survey.isInfrastructure(originator)) return key;
    const day = utcDay(atMs);
    const before = this.#dayOfEvent.get(eventName(key));
    if (before !== undefined && before !== day) this.#tally.noticesOverMidnight++;
    this.#dayOfEvent.set(eventName(key), day);
    return {
      originating_station_id: this.#senderOf(key, originator, atMs),
      sequence_number: this.#counters.renumbered(`event|${originator}`, sequence, day),
    };
  }

  #traces(hazard: WireHazardNotice, trip: Trip | undefined): NonNullable<WireHazardNotice["traces"]> {
    const origin = placeOf(hazard.position);
    return (hazard.traces ?? []).map((trace) => {
      const points = trace.points ?? [];
      const left = origin && leadingPoints(origin, points, (point) => point, this.#hides(trip));
      this.#tally.cutPathPoints += points.length - (left?.length ?? 0);
      return { points: left ?? [] };
    });
  }

  /** Places that no path may tell. */
  #hides(trip: Trip | undefined): (place: WirePlace) => boolean {
    const { redacted } = this.#options;
    return (place) => isIn(redacted, place) || (trip !== undefined && this.#trips.isNearEnd(trip, place));
  }

  #perceived(perceived: WirePerceivedObjects): WirePerceivedObjects {
    const { redacted } = this.#options;
    const origin = redacted.length === 0 ? undefined : placeOf(perceived.reference_position);
    const objects = (perceived.objects ?? []).filter(
      ({ east_cm, north_cm }) =>
        origin === undefined ||
        !isIn(redacted, besidePlace(origin, (east_cm ?? 0) / 100, (north_cm ?? 0) / 100)),
    );
    this.#tally.redactedObjects += (perceived.objects?.length ?? 0) - objects.length;
    return {
      ...keptOf(perceived, PERCEIVED),
      objects: objects.map((object) =>
        object.object_class === OTHER_OBJECT ? object : { ...object, ...classedSize(object) },
      ),
    };
  }

  #automation(
    automation: WireAutomationEvent,
    stationId: number,
    trip: Trip | undefined,
    atMs: number,
  ): WireAutomationEvent {
    const origin = placeOf(automation.position);
    const path = automation.planned_path ?? [];
    const left = origin && leadingPoints(origin, path, ({ offset }) => offset, this.#hides(trip));
    this.#tally.cutPathPoints += path.length - (left?.length ?? 0);
    const occurrence = automation.occurrence ?? 0;
    return {
      ...keptOf(automation, AUTOMATION),
      planned_path: left ?? [],
      occurrence:
        occurrence === 0 ? 0 : this.#counters.renumbered(`occurrence|${stationId}`, occurrence, utcDay(atMs)),
    };
  }

  #sensor(sensor: WireSensorReading, atMs: number): WireSensorReading {
    return {
      ...sensor,
      sensor_name: this.#pseudonyms.name("sensor", sensor.sensor_name ?? "", utcDay(atMs)),
    };
  }
}

function awarenessOf(awareness: WireAwareness): WireAwareness {
  return { ...keptOf(awareness, AWARENESS), ...classedSize(awareness) };
}
