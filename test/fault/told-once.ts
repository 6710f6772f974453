import { join } from "node:path";
import { expect } from "vitest";
import type { FallibleServer } from "./alert-world.ts";
import { auditLog, type Witness } from "./witness.ts";

/**
 * To be called when nothing is sent any more: every witness hears the last transition, each was told once and in order,
 * and the log holds what was told. Ends witnesses and server. The first witness keeps what it is told.
 */
export async function allWasToldOnce(
  server: FallibleServer,
  folder: string,
  witnesses: readonly Witness[],
): Promise<void> {
  const newest = await server.metric("roadpulse_store_newest");
  const reached = () => Math.min(...witnesses.map((witness) => witness.reached));
  await expect.poll(reached, { timeout: 60_000 }).toBe(newest);
  for (const { stream } of witnesses) stream.close();
  await server.process.stop("SIGTERM");

  const { lines, faults } = auditLog(join(folder, "alerts"));
  expect(faults).toEqual([]);
  expect(lines).toHaveLength(newest);
  expect(witnesses.flatMap((witness) => witness.faults)).toEqual([]);
  expect(witnesses.reduce((sum, { gaps }) => sum + gaps, 0)).toBe(0);
  expect(lines.slice(-(witnesses[0]?.told.length ?? 0))).toEqual(witnesses[0]?.told);
}
