import type { Dictionary } from "./words.ts";

/** What a refused sign-in tells the person, by the server's code. */
export function refusalText(
  w: Dictionary,
  code: string,
  retryAfterS: number | undefined,
  byProvider: boolean,
): string {
  switch (code) {
    case "unreachable":
      return w.unreachable;
    case "bad-credentials":
      return byProvider ? w.providerRefused : w.wrong;
    case "attempt-quota":
      return w.slowDown(retryAfterS ?? 5);
    case "session-quota":
      return w.full;
    case "missing-scope":
    case "not-permitted":
      return w.noRole;
    case "provider-unavailable":
      return w.providerDown;
    case "expired":
      return w.tooLate;
    default:
      return w.failed;
  }
}
