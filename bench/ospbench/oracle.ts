/** One line of a stream and when it was published. */
export interface PublishedLine {
  readonly publishedAtMs: number;
  readonly line: string;
}

/** What a point is told to have done in a second. */
export interface OracleResult {
  readonly point: string;
  readonly second: number;
  readonly lanes: number;
  readonly flow: number;
  readonly speed: number;
  readonly flowChange: number;
  readonly flowChangeOverTwo: number;
  readonly speedChange: number;
  readonly speedChangeOverTwo: number;
}

interface Told {
  readonly flow?: number;
  readonly speed?: number;
}

/**
 * OSPBench's pipeline in the plain way, all at once: JSON.parse, objects, maps, no matter how slow. A second of a lane
 * counts where both its flow and its speed were published in it.
 */
export function solve(lines: readonly PublishedLine[]): OracleResult[] {
  const lanes = joined(lines);
  const points = new Map<string, { point: string; second: number; flows: number[]; speeds: number[] }>();
  for (const [lane, { flow, speed }] of lanes) {
    if (flow === undefined || speed === undefined) continue;
    const [key = "", secondText = ""] = lane.split(" ");
    const point = key.slice(0, key.lastIndexOf("/"));
    const id = `${point} ${secondText}`;
    const window = points.get(id) ?? { point, second: Number(secondText), flows: [], speeds: [] };
    window.flows.push(flow);
    window.speeds.push(speed);
    points.set(id, window);
  }
  const windows = [...points.values()].map(({ point, second, flows, speeds }) => ({
    point,
    second,
    lanes: flows.length,
    flow: sum(flows),
    speed: sum(speeds) / speeds.length,
  }));
  const byId = new Map(windows.map((window) => [`${window.point} ${window.second}`, window]));
  return windows.map((window) => {
    const before = byId.get(`${window.point} ${window.second - 1}`);
    const beforeThat = byId.get(`${window.point} ${window.second - 2}`);
    return {
      ...window,
      flowChange: relative(window.flow, before?.flow),
      flowChangeOverTwo: relative(window.flow, beforeThat?.flow),
      speedChange: relative(window.speed, before?.speed),
      speedChangeOverTwo: relative(window.speed, beforeThat?.speed),
    };
  });
}

/** By lane and second. */
function joined(lines: readonly PublishedLine[]): Map<string, Told> {
  const lanes = new Map<string, Told>();
  for (const { publishedAtMs, line } of lines) {
    const at = line.indexOf("=");
    const { flow, speed } = JSON.parse(line.slice(at + 1)) as Told;
    const id = `${line.slice(0, at)} ${Math.floor(publishedAtMs / 1_000)}`;
    const told = lanes.get(id) ?? {};
    lanes.set(id, {
      ...told,
      ...(flow === undefined ? {} : { flow }),
      ...(speed === undefined ? {} : { speed }),
    });
  }
  return lanes;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function relative(now: number, before: number | undefined): number {
  return before === undefined || before === 0 ? Number.NaN : (now - before) / before;
}
