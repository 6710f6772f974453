import { GeneratorProcess } from "./generator-process.ts";
import { type Rung, type RungOptions, runRung } from "./rung.ts";
import { ServerProcess } from "./server-process.ts";
import type { LoadSettings, Way } from "./settings.ts";

/** Nominal rate of CAMs at speed (ETSI EN 302 637-2: 1 to 10 Hz). */
const CAM_HZ = 10;

/** Each takes 10 s at most. */
const RECOVERY_ATTEMPTS = 6;

/** Limits of the product that a generator with few sockets and many vehicles would meet. */
const SERVER_SETTINGS = ["track.maxStations=2000000", "limits.maxItemsPerSecondPerSource=1000000"];

/** The generator and server of one measurement; both end with `close`. */
export class Rig {
  readonly server: ServerProcess;
  readonly generator: GeneratorProcess;
  readonly #settings: LoadSettings;

  private constructor(server: ServerProcess, generator: GeneratorProcess, settings: LoadSettings) {
    this.server = server;
    this.generator = generator;
    this.#settings = settings;
  }

  static async open(way: Way, settings: LoadSettings, profileDirectory?: string): Promise<Rig> {
    const { cores, sockets } = settings;
    const server = await ServerProcess.start({
      core: cores.server,
      settings: SERVER_SETTINGS,
      ...(profileDirectory === undefined ? {} : { profileDirectory }),
    });
    const generator = await GeneratorProcess.start(cores.generator).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    const rig = new Rig(server, generator, settings);
    try {
      await generator.connect(way.lane === "fast" ? server.fastLaneUrl : server.streamUrl, sockets);
    } catch (error) {
      await rig.close();
      throw error;
    }
    return rig;
  }

  run(way: Way, reportsPerSecond: number, more: Partial<RungOptions> = {}): Promise<Rung> {
    const { seed, warmUpMs, measureMs, cores } = this.#settings;
    return runRung(this.server, this.generator, cores, {
      reportsPerSecond,
      reportsPerMessage: way.reportsPerMessage,
      reportsPerVehiclePerSecond: CAM_HZ,
      hazardsPerSecond: 0,
      poll: false,
      seed,
      warmUpMs,
      measureMs,
      ...more,
    });
  }

  /** A server so far overloaded that it tells nothing any more: waits until it does. */
  async recover(error: unknown): Promise<undefined> {
    this.#settings.log(`  ${String(error)}`);
    await this.generator.stop();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.server.state();
        return undefined;
      } catch (stillSilent) {
        if (attempt === RECOVERY_ATTEMPTS) throw stillSilent;
      }
    }
  }

  async close(): Promise<void> {
    this.generator.end();
    await this.server.stop();
  }
}
