import { readFileSync } from "node:fs";
import {
  type AlarmSettings,
  AlarmSettingsError,
  DEFAULT_ALARM_SETTINGS,
  readAlarmSettings,
} from "../../alarm/settings.ts";

/**
 * The operator's rules for alarms; those that come with Roadpulse where no file is named.
 * @throws AlarmSettingsError, a sentence that begins with the path, where the file cannot be read or used
 */
export function alarmSettingsFrom(path: string | undefined): AlarmSettings {
  if (path === undefined) return DEFAULT_ALARM_SETTINGS;
  try {
    return readAlarmSettings(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new AlarmSettingsError(`${path}: ${(error as Error).message}.`);
  }
}
