import { AlarmPanel } from "../alarms/alarm-panel.tsx";
import { MapArea } from "./map-area.tsx";

/** The road as it is: what is wrong on the left, where on the right. */
export function SituationView() {
  return (
    <div class="situation">
      <AlarmPanel />
      <MapArea />
    </div>
  );
}
