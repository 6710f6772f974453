import type { StepOrder } from "./contestant.ts";
import type { Layout } from "./motion.ts";
import { movingPoints, plainRbush, rebuiltFlatbush, rebuiltKdbush } from "./point-index.ts";

/** Structures of moving points that need no server, by name. */
export const MAKERS = {
  "moving-points": movingPoints,
  rbush: plainRbush,
  flatbush: rebuiltFlatbush,
  kdbush: rebuiltKdbush,
} as const;

export const STRUCTURES = Object.keys(MAKERS) as readonly (keyof typeof MAKERS)[];

export interface StructureOrder extends StepOrder {
  readonly kind: "open";
  readonly structure: keyof typeof MAKERS;
  readonly layout: Layout;
  readonly size: number;
}
