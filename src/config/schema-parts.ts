import { z } from "zod";

export const KIB = 1024;
export const MIB = 1024 * KIB;
export const DAY_MS = 24 * 3_600_000;

export const bytes = (least: number, most: number) => z.int().min(least).max(most);
export const port = () => z.int().min(0).max(65_535);
export const path = () => z.string().min(1).max(4_096);
