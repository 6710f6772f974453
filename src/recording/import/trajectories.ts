import { performance } from "node:perf_hooks";
import { FrameGrouping } from "./frame-grouping.ts";
import { ImportWriter } from "./import-writer.ts";
import { type ImportInput, openInput } from "./input.ts";
import { lineBatches } from "./lines.ts";
import { type ImportOptions, type ImportSummary, ImportTally } from "./outcome.ts";
import { finishImport, nothingImported } from "./summary.ts";
import { RowReader, readHeader, type TrajectoryRow } from "./trajectory-row.ts";

export interface TrajectoryOptions extends ImportOptions {
  /** Roadside units among which the rows are spread by place, 1..1000. */
  readonly sources?: number;
  /** Most items in one frame, 1..500. */
  readonly itemsPerFrame?: number;
  /** Where the rows come from (seed, program, …); kept in the recording. */
  readonly provenance?: Readonly<Record<string, string>>;
}

/** As many as stand along 25 km of motorway. */
const DEFAULT_SOURCES = 8;

/** Larger batches add delay and no throughput. */
const DEFAULT_ITEMS_PER_FRAME = 50;

/**
 * Makes a recording of a table of positions: CSV with a header, columns in any order, plain, gzip or zstd. Required:
 * `t_ms` (Unix ms), `id`, `lat`, `lon` (degrees); used where present: `type`, `speed_mps`, `heading_deg`, `accel_mps2`. Every
 * row becomes a CAM of its station, received 20 to 40 ms after its time by the roadside unit of its place. Rows that
 * cannot be used are counted and left out. Rejects where the input cannot be opened or the recording cannot be created.
 *
 * @param input path of the file, `-` for standard input
 * @param out path of the recording, replaced where it exists
 */
export async function importTrajectories(
  input: string,
  out: string,
  options: TrajectoryOptions = {},
): Promise<ImportSummary> {
  return importTrajectoriesFrom(await openInput(input), out, options);
}

/** The same from any source of bytes. */
export async function importTrajectoriesFrom(
  input: ImportInput,
  out: string,
  options: TrajectoryOptions = {},
): Promise<ImportSummary> {
  return new TrajectoryImport(input, out, options).run();
}

class TrajectoryImport {
  readonly #input: ImportInput;
  readonly #out: string;
  readonly #options: TrajectoryOptions;
  readonly #tally = new ImportTally();
  #writer: ImportWriter | undefined;
  #grouping: FrameGrouping | undefined;
  #lastTimeMs = Number.NEGATIVE_INFINITY;

  constructor(input: ImportInput, out: string, options: TrajectoryOptions) {
    this.#input = input;
    this.#out = out;
    this.#options = options;
  }

  async run(): Promise<ImportSummary> {
    const beganMs = performance.now();
    let reader: RowReader | undefined;
    let line = 0;
    for await (const lines of lineBatches(this.#input.chunks)) {
      for (const text of lines) {
        line++;
        if (reader === undefined) {
          const header = readHeader(text);
          if ("problem" in header) return nothingImported(`${this.#input.name}: ${header.problem}`);
          reader = new RowReader(header, this.#tally);
        } else if (text.length > 0) {
          const row = reader.read(text, line);
          if (row !== undefined)
            (this.#grouping ?? (await this.#begin(row))).add(row.timeMs, row.cell, row.item);
          if (row !== undefined) this.#noteOrder(row);
        }
      }
      await this.#writer?.keepUp();
      this.#report();
    }
    return this.#finish(beganMs);
  }

  async #begin({ timeMs }: TrajectoryRow): Promise<FrameGrouping> {
    const {
      sources = DEFAULT_SOURCES,
      itemsPerFrame = DEFAULT_ITEMS_PER_FRAME,
      provenance = {},
    } = this.#options;
    const units = Array.from({ length: sources }, (_, index) => ({
      name: `rsu-${String(index + 1).padStart(3, "0")}`,
      kind: "rsu" as const,
    }));
    this.#writer = await ImportWriter.create(this.#out, units, timeMs, {
      import: "trajectories",
      ...provenance,
    });
    this.#grouping = new FrameGrouping(this.#writer, { sources, itemsPerFrame });
    return this.#grouping;
  }

  #noteOrder({ timeMs }: TrajectoryRow): void {
    if (timeMs < this.#lastTimeMs) this.#tally.note("rows are older than the row before and arrive late");
    this.#lastTimeMs = timeMs;
  }

  #report(): void {
    const { readBytes, totalBytes } = this.#input;
    this.#options.onProgress?.({ rows: this.#tally.rows, readBytes, totalBytes });
  }

  #finish(beganMs: number): Promise<ImportSummary> {
    const { endedEarly } = this.#input;
    if (endedEarly !== undefined) this.#tally.note(`the packed input ends early: ${endedEarly}`);
    this.#grouping?.flush();
    return finishImport(this.#tally, this.#writer, beganMs);
  }
}
