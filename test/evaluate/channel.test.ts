import { describe, expect, it } from "vitest";
import { CHANNELS, type ChannelModel, channelFrom } from "../../src/evaluate/channel.ts";
import { Ground } from "../../src/evaluate/ground.ts";
import { byReception } from "../../src/evaluate/records.ts";
import { type Report, ReportSource } from "../../src/evaluate/reports.ts";
import { CamTrigger } from "../../src/evaluate/station-channel.ts";
import { at, tableOf, traffic } from "./world.ts";

const table = tableOf(traffic(300));
const everyone = new Uint8Array(table.stationIds.length).fill(1);
const ground = new Ground(at(0));
const NONE = CHANNELS["none"] as ChannelModel;

function reports(model: Partial<ChannelModel>, seed = 1): Report[] {
  return [...byReception(new ReportSource(table, everyone, { ...NONE, ...model }, ground, seed))];
}

describe("the channel", () => {
  it("passes every row unchanged where there is none", () => {
    const passed = reports({});
    expect(passed).toHaveLength(table.rows);
    for (const { row, latitudeDeg, longitudeDeg, receivedAtMs, claimedAtMs } of passed) {
      expect(latitudeDeg).toBe(table.latitudeDeg[row]);
      expect(longitudeDeg).toBe(table.longitudeDeg[row]);
      expect(claimedAtMs).toBe(table.timeMs[row]);
      expect(receivedAtMs).toBe((table.timeMs[row] as number) + NONE.delayMs);
    }
  });

  it("is the same for the same seed and another for another", () => {
    const harsh = CHANNELS["harsh"] as ChannelModel;
    expect(reports(harsh, 5)).toEqual(reports(harsh, 5));
    expect(reports(harsh, 5)).not.toEqual(reports(harsh, 6));
  });

  it("loses the stated share, in bursts", () => {
    const heard = reports({ lossShare: 0.2, burstMs: 2_000 });
    const lost = 1 - heard.length / table.rows;
    expect(lost).toBeGreaterThan(0.16);
    expect(lost).toBeLessThan(0.24);
  });

  it("receives in the order of reception, out of the order of sending", () => {
    const heard = reports({ jitterMs: 2_000 });
    const times = heard.map(({ receivedAtMs }) => receivedAtMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(heard.some(({ atMs }, i) => atMs < (heard[i - 1]?.atMs ?? 0))).toBe(true);
    for (const { receivedAtMs, atMs } of heard)
      expect(receivedAtMs).toBeGreaterThanOrEqual(atMs + NONE.delayMs);
  });

  it("lets positions drift: right in size, and alike from one second to the next", () => {
    const heard = reports({ positionSigmaM: 3, positionCorrelationS: 20 });
    const errorOf = ({ row, latitudeDeg }: Report): number =>
      ground.y(latitudeDeg) - ground.y(table.latitudeDeg[row] as number);
    const errors = heard.map(errorOf);
    const variance = errors.reduce((sum, e) => sum + e * e, 0) / errors.length;
    expect(Math.sqrt(variance)).toBeGreaterThan(2.5);
    expect(Math.sqrt(variance)).toBeLessThan(3.5);
    const mine = heard.filter(({ vehicle }) => vehicle === 0).map(errorOf);
    const steps = mine.slice(1).map((e, i) => Math.abs(e - (mine[i] as number)));
    // exp(−1/20) = 0.951 leaves steps of 0.31 σ.
    expect(steps.reduce((a, b) => a + b, 0) / steps.length).toBeLessThan(1.5);
  });

  it("gives each station a phase of its own at 1 Hz, and places it where the vehicle was then", () => {
    const heard = reports({ trigger: "cam" });
    const phases = new Set(heard.map(({ atMs }) => atMs % 1_000));
    expect(phases.size).toBeGreaterThan(30);
    const late = heard.find(({ atMs, row }) => atMs - (table.timeMs[row] as number) > 400) as Report;
    const shiftS = (late.atMs - (table.timeMs[late.row] as number)) / 1_000;
    const movedM = Math.abs(ground.x(late.longitudeDeg) - ground.x(table.longitudeDeg[late.row] as number));
    expect(movedM).toBeCloseTo(30 * shiftS, 0);
  });

  it("changes pseudonyms and hears through second receivers", () => {
    const changed = reports({ pseudonymS: 60 });
    expect(new Set(changed.map(({ stationId }) => stationId)).size).toBeGreaterThan(
      table.stationIds.length * 2,
    );
    const twice = reports({ overlapShare: 0.5 });
    expect(twice.length / table.rows).toBeGreaterThan(1.45);
    expect(twice.length / table.rows).toBeLessThan(1.55);
  });

  it("reads a preset with changes, and names what it does not know", () => {
    expect(channelFrom("typical,lossShare=0.1")).toMatchObject({ lossShare: 0.1, trigger: "cam" });
    expect(() => channelFrom("perfect")).toThrow(/no channel perfect/);
    expect(() => channelFrom("none,loss=1")).toThrow(/no parameter loss/);
    expect(() => channelFrom("none,lossShare=2")).toThrow(/0 to 0.95, not 2/);
  });
});

describe("CAM triggers", () => {
  it("send once a second at standstill, each 4 m at speed, and never faster than 10 Hz", () => {
    const sent = (speedMps: number, turnDegps = 0): number => {
      const trigger = new CamTrigger();
      let count = 0;
      for (let ms = 0; ms < 10_000; ms += 50) {
        if (trigger.isDue(ms, (speedMps * ms) / 1_000, 0, speedMps, 90 + (turnDegps * ms) / 1_000)) count++;
      }
      return count;
    };
    expect(sent(0)).toBe(10);
    expect(sent(0, 21)).toBe(50);
    expect(sent(10)).toBeGreaterThanOrEqual(22);
    expect(sent(10)).toBeLessThanOrEqual(25);
    expect(sent(50)).toBe(100);
  });
});
