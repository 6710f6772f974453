import { matchOf } from "../deliver/alert-match.ts";
import type { DeliveryHub } from "../deliver/delivery-hub.ts";
import { concernOf, gapReason } from "../deliver/missed-alerts.ts";
import { alertRecord } from "../domain/alert-json.ts";
import type { AlertLog, LoggedAlert } from "../domain/alert-log.ts";
import type { EndpointSubscription } from "../webhook/endpoint.ts";
import type { MessageReader, MessageSource, NumberedMessage, Stretch } from "../webhook/messages.ts";

/** The transitions of the log that a subscription wants, as a stream would tell them. */
export function alertMessages(
  log: AlertLog & { readonly written?: number },
  hub: Pick<DeliveryHub, "present">,
  { area, filter }: EndpointSubscription,
  exercise: boolean,
): MessageSource {
  const match = matchOf(area, filter);
  return {
    name: "alert",
    exercise,
    get cursor() {
      return { epoch: log.epoch, sequence: log.newest };
    },
    get oldest() {
      return log.oldest;
    },
    gapAfter: (cursor) => gapReason(cursor, log),
    readerAfter: (sequence, told) => readerOf(log, sequence, concernOf(match, log, told)),
    present: () => ({
      cursor: { epoch: log.epoch, sequence: log.newest },
      messages: hub.present((alert) => match.matches(alert)).map(messageOf),
    }),
    timeOf: (sequence) => log.at(sequence)?.alert.detectedAtMs,
  };
}

function readerOf(log: AlertLog, after: number, concerns: (entry: LoggedAlert) => boolean): MessageReader {
  let reached = after;
  return {
    read(most, budget): Stretch {
      const messages: NumberedMessage[] = [];
      const end = Math.min(log.newest, reached + budget);
      while (reached < end && messages.length < most) {
        const entry = log.at(reached + 1);
        // Either lost, which the log then says of its own accord, or not yet on a disk that fails at the moment.
        if (entry === undefined) return { messages, reached, isBroken: log.lacksAfter(reached) };
        reached++;
        if (concerns(entry)) messages.push(messageOf(entry));
      }
      return { messages, reached, isBroken: false };
    },
  };
}

function messageOf({ sequence, alert }: LoggedAlert): NumberedMessage {
  return { sequence, key: alert.alertId, body: () => alertRecord(alert) };
}
