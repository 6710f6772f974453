import { carryOut, type Order } from "./order.ts";

// A process that scores what its parent orders, one order at a time, until the parent hangs up.
process.on("message", async (order: Order) => {
  const outcome = await carryOut(order);
  process.send?.(outcome);
});
process.on("disconnect", () => process.exit());
