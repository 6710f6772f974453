import type { AlertView } from "../../api/contract/alarms.ts";
import type { Board } from "../../api/live/board.ts";
import type { DeliveryHub } from "../../deliver/delivery-hub.ts";
import type { Alert } from "../../domain/alert.ts";
import { alertRecord } from "../../domain/alert-json.ts";

/** An alert as the console and the REST interface tell it. */
export function alertView(alert: Alert): AlertView {
  return alertRecord(alert) as unknown as AlertView;
}

/** The alerts that have not ended, as subscribers are told them, within what each viewer may be told. */
export function alertBoard(hub: DeliveryHub): Board {
  return {
    type: "alerts",
    keyOf: ({ permit }) => permit?.key ?? "",
    *ids() {
      for (const { alertId } of hub.live()) yield alertId;
    },
    view(alertId, { permit }) {
      const alert = hub.liveAlert(alertId);
      return alert === undefined || permit?.allows(alert) === false ? undefined : alertView(alert);
    },
  };
}
