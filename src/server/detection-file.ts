import { readFileSync } from "node:fs";
import { DetectionSettingsError, readDetectionSettings } from "../detect/settings.ts";
import type { DetectionSettings } from "../detect/tuning.ts";

/**
 * Reads a file with settings of the detectors.
 * @throws DetectionSettingsError, one sentence that begins with the path, where it cannot be read or used
 */
export function readDetectionFile(path: string): DetectionSettings {
  try {
    return readDetectionSettings(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new DetectionSettingsError(`${path}: ${(error as Error).message}.`);
  }
}
