// One structure of moving points in a process of its own; it takes orders from its parent and ends with it.
import { Contestant } from "./contestant.ts";
import { motionOf } from "./motion.ts";
import { MAKERS, type StructureOrder } from "./structures.ts";

type Order =
  | StructureOrder
  | { readonly kind: "step"; readonly number: number; readonly counts: boolean }
  | { readonly kind: "close" };

let contestant: Contestant | undefined;

async function obey(order: Order): Promise<object> {
  if (order.kind === "open") {
    const { layout, size, seed, structure } = order;
    contestant = await Contestant.open(order, motionOf(layout, size, seed), MAKERS[structure](size));
    return { kind: "opened" };
  }
  if (contestant === undefined) throw new Error("no structure was ordered");
  if (order.kind === "close") return { kind: "closed", measured: await contestant.close() };
  await contestant.step(order.number, order.counts);
  return { kind: "stepped" };
}

const answer = (message: object): boolean => process.send?.(message) ?? false;

process.on("message", (order: Order) => {
  obey(order).then(answer, (error: unknown) => answer({ kind: "failed", reason: String(error) }));
});
process.on("disconnect", () => process.exit(0));
