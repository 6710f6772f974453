import { type ChildProcess, spawn } from "node:child_process";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../support/free-port.ts";
import type { Places, PointIndex } from "./point-index.ts";
import { RADIUS_M } from "./point-index.ts";
import { RespReader, type RespValue } from "./resp.ts";

/** Members of one GEOADD, and commands under way at once. */
const MEMBERS_PER_COMMAND = 100;
const MOST_WAITING = 200;
const START_MS = 5_000;

/** A redis-server of our own on a free port of loopback, without persistence; undefined where none is installed. */
export async function startRedis(core: number | undefined): Promise<RedisServer | undefined> {
  const port = await freePort();
  const line = [
    "redis-server",
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
  ];
  const command = core === undefined ? line : ["taskset", "-c", String(core), ...line];
  const [program = "", ...args] = command;
  const child = spawn(program, args, { stdio: "ignore" });
  const isGone = new Promise<"gone">((resolve) => {
    child.once("error", () => resolve("gone"));
    child.once("exit", () => resolve("gone"));
  });
  const socket = await Promise.race([isGone, connected(port)]);
  return socket === "gone" ? undefined : new RedisServer(child, socket);
}

async function connected(port: number): Promise<Socket> {
  const untilMs = performance.now() + START_MS;
  for (;;) {
    const socket = await new Promise<Socket | undefined>((resolve) => {
      const trial = connect({ port, host: "127.0.0.1", noDelay: true });
      trial.once("connect", () => resolve(trial));
      trial.once("error", () => resolve(undefined));
    });
    if (socket !== undefined) return socket;
    if (performance.now() > untilMs) throw new Error("redis-server does not listen");
    await sleep(20);
  }
}

/** The server with one pipelined connection. */
export class RedisServer {
  readonly #child: ChildProcess;
  readonly #socket: Socket;
  readonly #reader = new RespReader();
  readonly #waiting: ((value: RespValue) => void)[] = [];

  constructor(child: ChildProcess, socket: Socket) {
    this.#child = child;
    this.#socket = socket;
    socket.on("data", (data: Buffer) => {
      for (const value of this.#reader.take(data)) this.#waiting.shift()?.(value);
    });
  }

  ask(words: readonly string[]): Promise<RespValue> {
    const text = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("");
    return new Promise((resolve, reject) => {
      this.#waiting.push((value) => (value instanceof Error ? reject(value) : resolve(value)));
      this.#socket.write(`*${words.length}\r\n${text}`);
    });
  }

  /** Asks all, some at a time; answers in their order. */
  async askAll(commands: readonly (readonly string[])[]): Promise<RespValue[]> {
    const answers: RespValue[] = [];
    for (let from = 0; from < commands.length; from += MOST_WAITING) {
      answers.push(
        ...(await Promise.all(commands.slice(from, from + MOST_WAITING).map((words) => this.ask(words)))),
      );
    }
    return answers;
  }

  /** Processor time of the server so far, µs. */
  async processorUs(): Promise<number> {
    const info = String(await this.ask(["INFO", "cpu"]));
    const seconds = (name: string): number => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1] ?? 0);
    return (seconds("used_cpu_sys") + seconds("used_cpu_user")) * 1e6;
  }

  async version(): Promise<string> {
    return /redis_version:(\S+)/.exec(String(await this.ask(["INFO", "server"])))?.[1] ?? "";
  }

  end(): void {
    this.#socket.destroy();
    this.#child.kill();
  }
}

/** GEOADD of all moves in pipelined commands of 100, GEOSEARCH by radius. */
export function redisIndex(redis: RedisServer, key: string): PointIndex {
  let commands: string[][] = [];
  let present: string[] = [];
  const move = (point: number, latitudeDeg: number, longitudeDeg: number): void => {
    if (present.length === 0) present.push("GEOADD", key);
    present.push(String(longitudeDeg), String(latitudeDeg), String(point));
    if (present.length < 2 + 3 * MEMBERS_PER_COMMAND) return;
    commands.push(present);
    present = [];
  };
  const flush = async (): Promise<void> => {
    if (present.length > 0) commands.push(present);
    const all = commands;
    commands = [];
    present = [];
    await redis.askAll(all);
  };
  const search = (latitude: number, longitude: number): string[] => {
    const place = [String(longitude), String(latitude)];
    return ["GEOSEARCH", key, "FROMLONLAT", ...place, "BYRADIUS", String(RADIUS_M), "m"];
  };
  return {
    name: "Redis GEO over a socket",
    note: "GEOADD of 100 members each and GEOSEARCH, pipelined; processor time of server and client",
    kind: "socket",
    isDear: true,
    // A geohash of 52 bits and a sphere instead of the ellipsoid.
    toleranceM: 2,
    async load(places: Places) {
      for (const [i, latitudeDeg] of places.latitudeDeg.entries())
        move(i, latitudeDeg, places.longitudeDeg[i] ?? 0);
      await flush();
    },
    move,
    flush,
    count: async (latitude, longitude) =>
      ((await redis.ask(search(latitude, longitude))) as RespValue[]).length,
    async within(latitude, longitude) {
      return ((await redis.ask(search(latitude, longitude))) as RespValue[]).map(Number);
    },
    async close() {
      await redis.ask(["DEL", key]);
    },
  };
}
