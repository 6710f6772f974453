import { closeSync, openSync, readSync } from "node:fs";
import { FIRST_DAY, LAST_DAY } from "./rules.ts";

/** What a vehicle spent on an expressway on one of the 69 days before today. */
export interface ExpenditureTable {
  /** Undefined where the table has no such line. */
  tollOf(vehicle: number, day: number, expressway: number): number | undefined;
}

function isDay(day: number): boolean {
  return day >= FIRST_DAY && day <= LAST_DAY;
}

/**
 * A table without a file: every vehicle has spent 10 to 99 a day, given by a hash. The benchmark's table is made of random
 * numbers as well; one for 512 expressways would take gigabytes.
 */
export const hashedExpenditures: ExpenditureTable = {
  tollOf(vehicle, day, expressway) {
    if (!isDay(day)) return undefined;
    let mixed =
      Math.imul(vehicle ^ Math.imul(day, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(expressway, 0xc2b2ae35);
    mixed ^= mixed >>> 15;
    return 10 + ((Math.imul(mixed, 0x27d4eb2f) >>> 8) % 90);
  },
};

const DAYS = LAST_DAY + 1;
const CHUNK_BYTES = 1 << 20;
const FIELDS = 4;

/** Reads `vehicle,day,expressway,toll` lines. @throws Error of the file system */
export function readExpenditures(path: string): ExpenditureTable {
  const byKey = new Map<number, Float64Array>();
  const keep = (vehicle: number, day: number, expressway: number, toll: number): void => {
    if (!isDay(day)) return;
    let days = byKey.get(vehicle);
    if (days === undefined) {
      days = new Float64Array(DAYS * 2).fill(-1);
      byKey.set(vehicle, days);
    }
    days[day * 2] = expressway;
    days[day * 2 + 1] = toll;
  };
  readLines(path, keep);
  return {
    tollOf(vehicle, day, expressway) {
      const days = isDay(day) ? byKey.get(vehicle) : undefined;
      return days?.[day * 2] === expressway ? days[day * 2 + 1] : undefined;
    },
  };
}

function readLines(path: string, keep: (...fields: [number, number, number, number]) => void): void {
  const file = openSync(path, "r");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let rest = "";
  try {
    for (;;) {
      const length = readSync(file, chunk, 0, CHUNK_BYTES, -1);
      const lines = (rest + chunk.toString("latin1", 0, length)).split("\n");
      rest = length === 0 ? "" : (lines.pop() ?? "");
      for (const line of lines) {
        const fields = line.split(",").map(Number);
        if (fields.length === FIELDS && fields.every(Number.isInteger)) {
          keep(...(fields as [number, number, number, number]));
        }
      }
      if (length === 0) return;
    }
  } finally {
    closeSync(file);
  }
}
