/** What a reader met that is not as it should be. Reading goes on. */
export interface RecordingWarning {
  readonly code:
    | "not-a-recording"
    | "truncated"
    | "damaged"
    | "unsupported-compression"
    | "records-lost"
    | "time-went-back"
    | "unreadable-event";
  /** One sentence for people. */
  readonly text: string;
  /** Where in the file, bytes from its start; undefined where it concerns single records. */
  readonly offset: number | undefined;
  /** How often: equal warnings about single records are counted, not repeated. */
  count: number;
}

/** Distinct warnings kept; a file that is damaged all over needs no more to be understood. */
const MAX_WARNINGS = 100;

/** Collects warnings: at places one each, about single records one per code. */
export class WarningList {
  readonly #warnings: RecordingWarning[] = [];

  get all(): readonly RecordingWarning[] {
    return this.#warnings;
  }

  at(offset: number, code: RecordingWarning["code"], text: string): void {
    if (this.#warnings.length < MAX_WARNINGS) this.#warnings.push({ code, text, offset, count: 1 });
  }

  record(code: RecordingWarning["code"], text: string): void {
    const known = this.#warnings.find((warning) => warning.code === code && warning.offset === undefined);
    if (known !== undefined) known.count++;
    else if (this.#warnings.length < MAX_WARNINGS)
      this.#warnings.push({ code, text, offset: undefined, count: 1 });
  }
}
