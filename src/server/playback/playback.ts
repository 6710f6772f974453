import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import type {
  PlaybackCommand,
  PlaybackSpeed,
  PlaybackState,
  PlaybackView,
} from "../../api/contract/playback.ts";
import type { LiveViewer } from "../../api/live/board.ts";
import { encodeJson } from "../../api/live/json-message.ts";
import type { LiveOutlet } from "../../api/live/outlet.ts";
import type { LiveSession } from "../../api/live/session.ts";
import { type RecordedRecord, readRecording } from "../../recording/reader.ts";
import { type Checkpoint, Checkpoints, stateOf } from "./checkpoints.ts";
import { readPlaybackCommand } from "./playback-command.ts";
import { Stage, type StageParts } from "./stage.ts";

export interface PlaybackOptions {
  readonly playbackId: string;
  readonly recording: string;
  readonly path: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly by: string;
  readonly startAtMs?: number | undefined;
  readonly speed?: PlaybackSpeed | undefined;
}

/** The loop turns so often while it plays; vehicles are told once a second, so nobody sees a finer grain. */
const TURN_MS = 20;

/** Work of one turn: consoles are served between turns. */
const PLAYING_MS = 15;
const SEEKING_MS = 40;

const TELL_MS = 1_000;

/** Forwards a checkpoint is worth a new picture only where much is left out. */
const LEAST_LEAP_MS = 120_000;

interface Audience {
  readonly outlet: LiveOutlet;
  readonly viewer: LiveViewer;
  session: LiveSession;
}

/**
 * A recording played for consoles: at a speed, paused, from any time on. Detection runs anew over the same records and
 * says what it said then; a time before the present one is reached from a state that was kept on the way, since what was
 * known at a time rests on all that came before.
 */
export class Playback {
  readonly #options: PlaybackOptions;
  readonly #parts: StageParts;
  readonly #audience = new Set<Audience>();
  readonly #teller: NodeJS.Timeout;
  #stage: Stage;
  #records: AsyncIterator<readonly RecordedRecord[]>;
  readonly #checkpoints = new Checkpoints();
  #batch: readonly RecordedRecord[] = [];
  #at = 0;
  /** Records before the batch. */
  #passed = 0;
  /** Records that are read again and not played: a checkpoint holds what they made. */
  #skip = 0;
  #isRead = false;
  #state: PlaybackState = "playing";
  #isPaused = false;
  #speed: PlaybackSpeed;
  #seekToMs: number | undefined;
  /** The recording's time and this machine's from which on time is counted. */
  #anchor = { recordedMs: 0, atMs: 0 };
  #isClosed = false;
  #wake: () => void = () => undefined;
  #reason: string | undefined;
  #onTold: ((view: PlaybackView) => void) | undefined;

  constructor(options: PlaybackOptions, parts: Omit<StageParts, "playbackId">) {
    this.#options = options;
    this.#parts = { ...parts, playbackId: options.playbackId };
    this.#speed = options.speed ?? 1;
    this.#stage = new Stage(this.#parts, options.fromMs);
    this.#records = readRecording(options.path)[Symbol.asyncIterator]();
    if (options.startAtMs !== undefined && options.startAtMs > options.fromMs)
      this.#seekToMs = options.startAtMs;
    this.#setAnchor();
    this.#teller = setInterval(() => this.#tell(), TELL_MS);
    void this.#run();
  }

  get view(): PlaybackView {
    const { playbackId, recording, fromMs, toMs, by } = this.#options;
    const atMs = Math.floor(this.#stage.reachedMs);
    const more = this.#reason === undefined ? {} : { reason: this.#reason };
    return { playbackId, recording, fromMs, toMs, atMs, speed: this.#speed, state: this.#state, by, ...more };
  }

  /** What consoles look at, for tests and figures. */
  get stage(): Stage {
    return this.#stage;
  }

  /** Called at once, with every change and once a second. */
  onState(listener: (view: PlaybackView) => void): void {
    this.#onTold = listener;
    listener(this.view);
  }

  open(outlet: LiveOutlet, viewer: LiveViewer) {
    const one: Audience = { outlet, viewer, session: this.#stage.consoles.openSession(outlet, viewer) };
    this.#audience.add(one);
    outlet.send(this.#message());
    return {
      message: (bytes: Uint8Array) => this.#hear(one, bytes),
      drained: () => one.session.drained(),
      closed: () => {
        this.#audience.delete(one);
        one.session.closed();
      },
    };
  }

  command(command: PlaybackCommand): void {
    if (command.command === "speed") this.#speed = command.speed;
    if (command.command === "pause") this.#isPaused = true;
    if (command.command === "play") this.#isPaused = false;
    if (command.command === "seek") this.#seek(command.atMs);
    this.#setAnchor();
    this.#setState();
    this.#wake();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#teller);
    this.#stage.close();
    this.#wake();
  }

  #hear(one: Audience, bytes: Uint8Array): void {
    const command = readPlaybackCommand(bytes);
    if (command === undefined) return one.session.message(bytes);
    if (typeof command !== "string") return this.command(command);
    one.outlet.send(encodeJson({ type: "problem", code: "malformed", message: command }));
  }

  #seek(atMs: number): void {
    const { fromMs, toMs } = this.#options;
    const target = Math.min(toMs, Math.max(fromMs, atMs));
    const { reachedMs } = this.#stage;
    const checkpoint = this.#checkpoints.before(target);
    const isAhead = checkpoint !== undefined && checkpoint.atMs - reachedMs >= LEAST_LEAP_MS;
    if (target < reachedMs || isAhead) this.#leap(checkpoint);
    this.#seekToMs = target;
  }

  /** Everything begins anew, for everybody who looks: at a checkpoint, or at the beginning. */
  #leap(checkpoint: Checkpoint | undefined): void {
    const before = this.#stage;
    void this.#records.return?.();
    this.#stage = new Stage(this.#parts, this.#options.fromMs);
    if (checkpoint !== undefined) this.#stage.restore(stateOf(checkpoint));
    this.#records = readRecording(this.#options.path)[Symbol.asyncIterator]();
    this.#batch = [];
    this.#at = 0;
    this.#passed = 0;
    this.#skip = checkpoint?.records ?? 0;
    this.#isRead = false;
    for (const one of this.#audience) {
      one.session.closed();
      one.session = this.#stage.consoles.openSession(one.outlet, one.viewer);
    }
    before.close();
  }

  async #run(): Promise<void> {
    try {
      while (!this.#isClosed) await this.#turn();
    } catch (error) {
      this.#reason = `The recording cannot be played: ${(error as Error).message}`;
      this.#setState();
    } finally {
      await this.#records.return?.();
    }
  }

  async #turn(): Promise<void> {
    const isSeeking = this.#seekToMs !== undefined;
    if (!isSeeking && (this.#isPaused || this.#isOver)) return this.#rest();
    // Somebody may pause or seek meanwhile, so the next turn looks anew.
    if (this.#at >= this.#batch.length && !this.#isRead) return this.#read();
    const isThere = this.#play(this.#stage, performance.now() + (isSeeking ? SEEKING_MS : PLAYING_MS));
    if (isThere && isSeeking) {
      this.#seekToMs = undefined;
      this.#setAnchor();
    }
    this.#setState();
    await (isThere ? sleep(TURN_MS) : setImmediate());
  }

  async #read(): Promise<void> {
    const records = this.#records;
    const next = await records.next();
    if (records !== this.#records) return;
    this.#passed += this.#batch.length;
    this.#batch = next.done === true ? [] : next.value;
    this.#at = Math.min(this.#skip, this.#batch.length);
    this.#skip -= this.#at;
    this.#isRead = next.done === true;
  }

  /** Plays up to the time that is due; false where it takes longer than a turn or needs more of the file. */
  #play(stage: Stage, untilMs: number): boolean {
    const targetMs = this.#seekToMs ?? this.#dueMs();
    for (;;) {
      const record = this.#batch[this.#at];
      if (record === undefined && !this.#isRead) return false;
      if (record === undefined || record.receivedAtMs > targetMs) {
        stage.advanceTo(Math.min(targetMs, this.#options.toMs));
        return true;
      }
      this.#at++;
      stage.push(record);
      this.#checkpoints.pass(stage, this.#options.fromMs, this.#passed + this.#at);
      if (performance.now() >= untilMs) {
        // Too much for this speed: time goes as fast as it can, and nothing is left out.
        if (this.#seekToMs === undefined && stage.reachedMs < targetMs - TELL_MS) this.#setAnchor();
        return false;
      }
    }
  }

  get #isOver(): boolean {
    return this.#isRead && this.#at >= this.#batch.length && this.#stage.reachedMs >= this.#options.toMs;
  }

  #dueMs(): number {
    return this.#anchor.recordedMs + (performance.now() - this.#anchor.atMs) * this.#speed;
  }

  #setAnchor(): void {
    this.#anchor = { recordedMs: this.#stage.reachedMs, atMs: performance.now() };
  }

  async #rest(): Promise<void> {
    this.#setState();
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  #setState(): void {
    const before = this.#state;
    if (this.#reason !== undefined) this.#state = "failed";
    else if (this.#seekToMs !== undefined) this.#state = "seeking";
    else if (this.#isPaused) this.#state = "paused";
    else this.#state = this.#isOver ? "ended" : "playing";
    if (this.#state !== before) this.#tell();
  }

  #message(): Uint8Array {
    return encodeJson({ type: "playback", playback: this.view });
  }

  #tell(): void {
    const bytes = this.#message();
    for (const { outlet } of this.#audience) outlet.send(bytes);
    this.#onTold?.(this.view);
  }
}
