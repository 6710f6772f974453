import { performance } from "node:perf_hooks";
import type { WireAwareness } from "../../wire/ingest-frame.ts";
import { ImportWriter } from "./import-writer.ts";
import { type ImportInput, openInput } from "./input.ts";
import { JsonObjectSplitter, MAX_OBJECT_CHARACTERS } from "./json-objects.ts";
import { parseJson } from "./json-values.ts";
import { lineBatches } from "./lines.ts";
import { bsmItem, readBsm } from "./ode-bsm.ts";
import { type OdeMessage, readOdeMessage } from "./ode-message.ts";
import { type ImportOptions, type ImportSummary, ImportTally } from "./outcome.ts";
import { finishImport, nothingImported } from "./summary.ts";

/** The log is sorted in memory, about 400 B a message; the logs of one vehicle's day have some 10,000. */
export const MAX_ODE_MESSAGES = 1_000_000;

const MINUTE_MS = 60_000;

/** A log tells what one unit sent and heard, so it is one source. */
const SOURCE = { name: "ode", kind: "gateway" } as const;

/**
 * Makes a recording of basic safety messages in the JSON of the USDOT operational data environment: one object per line,
 * concatenated, or in an array; plain, gzip or zstd. The messages are sorted by `metadata.recordGeneratedAt`, because
 * logs come newest first and interleaved; that time is the receive time. The station's own time is that of its
 * `secMark` in the minute nearest to it. Other message types are counted as unsupported. Rejects where the input cannot
 * be opened or the recording cannot be created.
 *
 * @param input path of the file, `-` for standard input
 * @param out path of the recording, replaced where it exists
 */
export async function importOde(
  input: string,
  out: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  return importOdeFrom(await openInput(input), out, options);
}

/** The same from any source of bytes. */
export async function importOdeFrom(
  input: ImportInput,
  out: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const beganMs = performance.now();
  const log = new OdeLog();
  for await (const lines of lineBatches(input.chunks)) {
    for (const line of lines) log.line(line);
    options.onProgress?.({ rows: log.tally.rows, readBytes: input.readBytes, totalBytes: input.totalBytes });
    if (log.isFull)
      return nothingImported(`${input.name} has more than ${MAX_ODE_MESSAGES} messages; import it in parts`);
  }
  log.end();
  if (input.endedEarly !== undefined) log.tally.note(`the packed input ends early: ${input.endedEarly}`);
  const writer = await writeSorted(log.reports, out);
  return finishImport(log.tally, writer, beganMs);
}

/** One usable message. */
interface BsmReport {
  readonly generatedAtMs: number;
  readonly serialNumber: number;
  readonly stationId: number;
  readonly awareness: WireAwareness;
  readonly observedAtMs: number;
}

class OdeLog {
  readonly tally = new ImportTally();
  readonly reports: BsmReport[] = [];
  readonly #splitter = new JsonObjectSplitter();
  #line = 0;
  #objectLine = 0;

  get isFull(): boolean {
    return this.reports.length > MAX_ODE_MESSAGES;
  }

  line(text: string): void {
    this.#line++;
    // The rule is one message per line; where a line holds one, an object that is still open was never finished.
    const message = text.startsWith("{") && text.endsWith("}") ? readOdeMessage(parseJson(text)) : undefined;
    if (message !== undefined) {
      this.end();
      this.#take(message, this.#line);
      return;
    }
    if (this.#splitter.isIdle) this.#objectLine = this.#line;
    for (const object of this.#splitter.push(`${text}\n`)) this.#takeText(object);
    if (this.#splitter.pending > MAX_OBJECT_CHARACTERS) this.end();
  }

  /** Gives up an object that is under way. */
  end(): void {
    if (this.#splitter.isIdle) return;
    this.#refuse(this.#objectLine, "the JSON object has no end");
    this.#splitter.reset();
  }

  #takeText(text: string): void {
    const line = this.#objectLine;
    this.#objectLine = this.#line;
    const value = parseJson(text);
    const message = readOdeMessage(value);
    if (message !== undefined) this.#take(message, line);
    else
      this.#refuse(
        line,
        value === undefined ? "no valid JSON" : "no ODE message: metadata or payload is missing",
      );
  }

  #take(message: OdeMessage, line: number): void {
    if (!message.payloadType.endsWith("OdeBsmPayload")) {
      this.tally.rows++;
      this.tally.unsupported(unsupportedReason(message));
      return;
    }
    if (message.generatedAtMs === undefined) {
      this.#refuse(line, "recordGeneratedAt is no time");
      return;
    }
    const bsm = readBsm(message.data);
    if ("reason" in bsm) {
      this.#refuse(line, bsm.reason);
      return;
    }
    this.tally.rows++;
    this.tally.imported++;
    if (bsm.secMark === undefined)
      this.tally.note("without a usable secMark; the time of generation was taken");
    const { generatedAtMs, serialNumber } = message;
    const observedAtMs =
      bsm.secMark === undefined ? generatedAtMs : nearestMinute(bsm.secMark, generatedAtMs);
    const { stationId, awareness } = bsm;
    this.reports.push({ generatedAtMs, serialNumber, stationId, awareness, observedAtMs });
  }

  #refuse(line: number, reason: string): void {
    this.tally.rows++;
    this.tally.bad(line, reason);
  }
}

/** Payload types are a closed list of the ODE; of an invented one only the class name's end is shown. */
function unsupportedReason({ payloadType }: OdeMessage): string {
  const name = payloadType.split(".").at(-1)?.slice(0, 40) ?? "";
  if (name === "OdeTimPayload") return "traveller information (TIM): advice to drivers, no observation";
  if (name === "OdeDriverAlertPayload") return "driver alert: what a vehicle told its driver, no observation";
  return `${name}: not a basic safety message`;
}

/** The time with these milliseconds within its minute that lies nearest to another (BSMs carry no minute). */
function nearestMinute(secMark: number, nearMs: number): number {
  const minute = Math.round((nearMs - secMark) / MINUTE_MS);
  return minute * MINUTE_MS + secMark;
}

async function writeSorted(reports: BsmReport[], out: string): Promise<ImportWriter | undefined> {
  // Logs are newest first: of equal times the one with the lower serial number came first.
  reports.sort((a, b) => a.generatedAtMs - b.generatedAtMs || a.serialNumber - b.serialNumber);
  const first = reports[0];
  if (first === undefined) return undefined;
  const writer = await ImportWriter.create(out, [SOURCE], first.generatedAtMs, { import: "ode" });
  for (const { generatedAtMs, observedAtMs, stationId, awareness } of reports) {
    const item = bsmItem(stationId, awareness, observedAtMs - generatedAtMs);
    writer.write(0, generatedAtMs, generatedAtMs, [item]);
    await writer.keepUp();
  }
  return writer;
}
