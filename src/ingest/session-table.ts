import { type Rejection, reject } from "../domain/rejection.ts";
import type { Snapshotable, SnapshotValue } from "../domain/snapshot.ts";
import type { Source, SourceKind, TimeBase } from "../domain/station.ts";
import type { WireHello } from "../wire/ingest-frame.ts";

const KINDS: readonly (SourceKind | undefined)[] = [undefined, "vehicle", "rsu", "gateway"];
const TIME_BASES: readonly TimeBase[] = ["utc", "utc", "tai", "utc-no-leap"];

/** Names become metric labels and stand in evidence: short and plain. */
const SOURCE_NAME = /^[a-z0-9_.:-]{1,64}$/;

const badName = reject("bad-hello", "hello.source_id");
const badKind = reject("bad-hello", "hello.kind");
const badTimeBase = reject("bad-hello", "hello.time_base");
const helloTwice = reject("bad-hello", "hello");

/**
 * Who speaks in which session slot. It is part of the deterministic state: the same records introduce the same sources
 * in a replay as they did live.
 */
export class SessionTable implements Snapshotable {
  readonly name = "sessions";
  readonly version = 1;
  readonly #sources = new Map<number, Source | undefined>();

  open(slot: number): void {
    this.#sources.set(slot, undefined);
  }

  close(slot: number): void {
    this.#sources.delete(slot);
  }

  /** The source that was introduced in a slot. */
  source(slot: number): Source | undefined {
    return this.#sources.get(slot);
  }

  /** Slots of open sessions, rising. */
  slots(): readonly number[] {
    return [...this.#sources.keys()].sort((a, b) => a - b);
  }

  /** Sessions that are open, introduced or not. */
  get size(): number {
    return this.#sources.size;
  }

  /** Accepts a hello once per session; a second one that says the same is harmless. */
  introduce(slot: number, hello: WireHello): Source | Rejection {
    const source = readHello(slot, hello);
    if ("rejected" in source) return source;
    const known = this.#sources.get(slot);
    if (known === undefined) {
      this.#sources.set(slot, source);
      return source;
    }
    const same =
      known.name === source.name && known.kind === source.kind && known.timeBase === source.timeBase;
    return same ? known : helloTwice;
  }

  snapshot(): SnapshotValue {
    return this.slots().map((slot) => {
      const source = this.#sources.get(slot);
      return source === undefined ? [slot] : [slot, source.name, source.kind, source.timeBase];
    });
  }

  restore(value: SnapshotValue): void {
    this.#sources.clear();
    for (const [slot, name, kind, timeBase] of value as [number, string?, SourceKind?, TimeBase?][]) {
      const introduced = name !== undefined && kind !== undefined && timeBase !== undefined;
      this.#sources.set(slot, introduced ? { slot, name, kind, timeBase } : undefined);
    }
  }
}

function readHello(slot: number, hello: WireHello): Source | Rejection {
  const name = hello.source_id ?? "";
  if (!SOURCE_NAME.test(name)) return badName;
  const kind = KINDS[hello.kind ?? 0];
  if (kind === undefined) return badKind;
  const timeBase = TIME_BASES[hello.time_base ?? 0];
  if (timeBase === undefined) return badTimeBase;
  return { slot, name, kind, timeBase };
}
