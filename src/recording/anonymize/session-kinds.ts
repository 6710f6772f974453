import type { WireIngestFrame } from "../../wire/ingest-frame.ts";
import type { SessionRecord } from "../session-event.ts";
import { GATEWAY_SOURCE, RSU_SOURCE } from "./station-kind.ts";

export interface SurveyedSession {
  readonly openedAtMs: number;
  /** Until a hello says that it is a roadside unit or a gateway. */
  isVehicle: boolean;
  isIntroduced: boolean;
  /** Frames written so far. */
  frames: number;
  stationId: number | undefined;
  hasSeveralStations: boolean;
}

/** The open sessions of a recording and what their hellos said. At most 65,535 of them. */
export class SessionKinds {
  readonly #open = new Map<number, SurveyedSession>();

  note({ kind, slot, receivedAtMs }: SessionRecord): void {
    if (kind === "session-opened") this.#open.set(slot, opened(receivedAtMs));
    else if (kind === "session-closed") this.#open.delete(slot);
  }

  /** The session that a frame came on. The first hello counts, as in the server. */
  hear(slot: number, { hello }: WireIngestFrame, receivedAtMs: number): SurveyedSession {
    const session = this.#open.get(slot) ?? opened(receivedAtMs);
    this.#open.set(slot, session);
    if (hello && !session.isIntroduced) {
      session.isIntroduced = true;
      session.isVehicle = hello.kind !== RSU_SOURCE && hello.kind !== GATEWAY_SOURCE;
    }
    return session;
  }
}

function opened(openedAtMs: number): SurveyedSession {
  return {
    openedAtMs,
    isVehicle: true,
    isIntroduced: false,
    frames: 0,
    stationId: undefined,
    hasSeveralStations: false,
  };
}
