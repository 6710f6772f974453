import type { Viewer } from "../../api/contract/live.ts";
import { sessionBegan } from "../state/session.ts";
import { getJson, RestError } from "./rest.ts";

/**
 * Asks the server who sits here. A 401 opens the sign-in (`getJson` says so); where there is no answer, nothing changes:
 * an absent server has ended nobody's session.
 */
export async function askSession(): Promise<void> {
  try {
    sessionBegan(await getJson<Viewer>("/v1/session"));
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
  }
}
