import type { SubscriptionArea } from "../domain/subscription.ts";
import type { Shape } from "./shapes.ts";

/** The shape of a subscription's area; undefined for what lies ahead of a station: that shape moves. */
export function areaShape(area: SubscriptionArea): Shape | undefined {
  switch (area.form) {
    case "everywhere":
      return { type: "everywhere" };
    case "box":
      return { type: "box", box: area.box };
    case "polygon":
      return { type: "polygon", ring: area.points };
    case "circle":
      return { type: "circle", center: area.center, radiusM: area.radiusM };
    case "corridor":
      return { type: "corridor", line: area.points, halfWidthM: area.halfWidthM };
    case "ahead":
      return undefined;
  }
}
