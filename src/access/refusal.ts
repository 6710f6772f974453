import type { AccessRefusal } from "../domain/access.ts";

/** Credentials that were not accepted; `reason` is one clause for the client, and tells nothing that helps to guess. */
export interface Refused {
  readonly refused: AccessRefusal;
  readonly reason: string;
}

export function refuse(refused: AccessRefusal, reason: string): Refused {
  return { refused, reason };
}

export function isRefused(value: object): value is Refused {
  return "refused" in value;
}
