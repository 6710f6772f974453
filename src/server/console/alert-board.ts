import type { AlertView } from "../../api/contract/alarms.ts";
import type { Board } from "../../api/live/board.ts";
import type { DeliveryHub } from "../../deliver/delivery-hub.ts";
import type { Alert } from "../../domain/alert.ts";
import { alertRecord } from "../../domain/alert-json.ts";

/** An alert as the console and the REST interface tell it. */
export function alertView(alert: Alert): AlertView {
  return alertRecord(alert) as unknown as AlertView;
}

/**
 * The alerts that have not ended, as subscribers are told them, within what each viewer may be told; and those of exercises,
 * which only consoles are shown.
 */
export function alertBoard(hub: DeliveryHub, exercises: ReadonlyMap<string, AlertView>): Board {
  return {
    type: "alerts",
    keyOf: ({ permit }) => permit?.key ?? "",
    *ids() {
      for (const { alertId } of hub.live()) yield alertId;
      yield* exercises.keys();
    },
    view(alertId, { permit }) {
      const alert = hub.liveAlert(alertId);
      if (alert !== undefined) return permit?.allows(alert) === false ? undefined : alertView(alert);
      const exercise = exercises.get(alertId);
      return exercise === undefined || permit?.allowsPlace(exercise) === false ? undefined : exercise;
    },
  };
}
