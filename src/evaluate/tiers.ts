import type { AlertTier } from "../domain/alert.ts";

/** Both tiers, in the order of reports. */
export const TIERS: readonly AlertTier[] = ["suspected", "confirmed"];
