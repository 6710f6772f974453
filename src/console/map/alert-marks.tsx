import { render } from "preact";
import type { AlertView } from "../../api/contract/alarms.ts";
import type { MapSurface, MarkerHandle } from "./leaflet.ts";
import { Mark } from "./mark.tsx";

/** Marks that lie closer than this are one with a number, px. */
const CLUSTER_PX = 30;

export interface MarkTexts {
  readonly label: (alert: AlertView) => string;
  readonly together: (n: number) => string;
}

interface Shown {
  readonly key: string;
  readonly element: HTMLElement;
  readonly handle: MarkerHandle;
}

interface Cluster {
  readonly lead: AlertView;
  readonly members: readonly AlertView[];
}

/** Alerts as buttons on the map: real elements, so that keys and screen readers reach them. */
export class AlertMarks {
  readonly #map: MapSurface;
  readonly #onSelect: (alertId: string) => void;
  readonly #texts: MarkTexts;
  #shown = new Map<string, Shown>();
  #alerts: readonly AlertView[] = [];
  #selected: string | undefined;

  constructor(map: MapSurface, onSelect: (alertId: string) => void, texts: MarkTexts) {
    this.#map = map;
    this.#onSelect = onSelect;
    this.#texts = texts;
  }

  /** Gravest first: it stands for a cluster. */
  show(alerts: readonly AlertView[], selected: string | undefined): void {
    this.#alerts = alerts;
    this.#selected = selected;
    this.draw();
  }

  draw(): void {
    const next = new Map<string, Shown>();
    for (const cluster of this.#clusters()) {
      const key = keyOf(cluster, this.#selected);
      const { alertId } = cluster.lead;
      const before = this.#shown.get(alertId);
      if (before !== undefined) this.#shown.delete(alertId);
      if (before !== undefined && before.key === key) {
        before.handle.move(cluster.lead);
        next.set(alertId, before);
      } else {
        // The element stays where there is one: it may hold the focus.
        next.set(alertId, this.#put(cluster, key, before));
      }
    }
    for (const { handle } of this.#shown.values()) handle.remove();
    this.#shown = next;
  }

  #put(cluster: Cluster, key: string, before: Shown | undefined): Shown {
    const { lead, members } = cluster;
    const element = before?.element ?? document.createElement("div");
    const label =
      this.#texts.label(lead) + (members.length > 1 ? `, ${this.#texts.together(members.length)}` : "");
    render(
      <button
        type="button"
        class={lead.alertId === this.#selected ? "mark-button is-selected" : "mark-button"}
        aria-label={label}
        aria-pressed={lead.alertId === this.#selected}
        title={label}
        onClick={() => this.#onSelect(this.#nextOf(cluster))}
      >
        <Mark alert={lead} />
        {members.length > 1 && <span class="mark-count">{members.length}</span>}
      </button>,
      element,
    );
    const handle = before?.handle ?? this.#map.addMarker(element, lead, lead.severity * 1_000);
    handle.move(lead);
    return { key, element, handle };
  }

  /** A cluster gives its members one after the other. */
  #nextOf({ lead, members }: Cluster): string {
    const at = members.findIndex(({ alertId }) => alertId === this.#selected);
    return (members[(at + 1) % members.length] ?? lead).alertId;
  }

  #clusters(): Cluster[] {
    const clusters: { lead: AlertView; members: AlertView[]; x: number; y: number }[] = [];
    for (const alert of this.#alerts) {
      const { x, y } = this.#map.screenOf(alert);
      const near = clusters.find((one) => Math.hypot(one.x - x, one.y - y) < CLUSTER_PX);
      if (near === undefined) clusters.push({ lead: alert, members: [alert], x, y });
      else {
        near.members.push(alert);
        if (alert.alertId === this.#selected) near.lead = alert;
      }
    }
    return clusters;
  }
}

function keyOf({ lead, members }: Cluster, selected: string | undefined): string {
  const { alertId, kind, severity, tier, headingDeg } = lead;
  const ids = members.map((member) => member.alertId).join(" ");
  return `${kind}/${severity}/${tier}/${headingDeg}/${ids}/${alertId === selected}`;
}
