import { describe, expect, it } from "vitest";
import { Alarms } from "../../src/alarm/alarms.ts";
import { alarmKpis } from "../../src/alarm/kpis.ts";
import { readAlarmSettings } from "../../src/alarm/settings.ts";
import { atKm, Desk, T0 } from "./support.ts";

const desk = (settings?: unknown) =>
  new Desk(settings === undefined ? new Alarms() : new Alarms(readAlarmSettings(settings)));

const MINUTE = 60;
const HOUR = 3_600;
const until = (s: number): number => T0 + s * 1_000;

describe("annunciation", () => {
  it("is at once for a wrong-way driver, after 10 s for a hazard that one saw, at once where two did", () => {
    const it = desk();
    expect(it.alert(0, "w", { kind: "wrong-way", witnesses: 1, tier: "suspected" })).toMatchObject({
      state: "unacknowledged",
      priority: 1,
    });
    expect(it.alert(0, "one", { witnesses: 1, place: atKm(30) }).state).toBe("held");
    expect(it.at(9.9).of("one").state).toBe("held");
    expect(it.at(10).of("one")).toMatchObject({ state: "unacknowledged", annunciatedAtMs: until(10) });
    expect(it.alert(11, "two", { witnesses: 2, place: atKm(50) }).state).toBe("unacknowledged");
    it.alert(20, "more", { witnesses: 1, place: atKm(70) });
    expect(it.alert(24, "more", { witnesses: 2 }).state).toBe("unacknowledged");
  });

  it("calls nobody for congestion that lasts less than a minute, and forgets none of it", () => {
    const it = desk();
    it.alert(0, "c", { kind: "congestion", place: atKm(10, 12) });
    it.over(50, "c");
    expect(it.at(400).views()).toEqual([]);
    expect(it.alarms.counts).toMatchObject({ alerts: 1, heldBack: 1, p3: 0 });
  });

  it("does not flutter: congestion that comes back within two minutes never went", () => {
    const it = desk();
    it.alert(0, "c1", { kind: "congestion", place: atKm(10, 12) });
    const before = it.at(60).of("c1");
    expect(before.state).toBe("unacknowledged");
    it.over(100, "c1");
    it.alert(190, "c2", { kind: "congestion", place: atKm(10, 12) });
    expect(it.at(300).of("c2")).toMatchObject({ alarmId: before.alarmId, state: "unacknowledged" });
    expect(it.alarms.counts.p3).toBe(1);
  });

  it("tells suspicions and everyday things silently", () => {
    const it = desk();
    expect(it.alert(0, "s", { tier: "suspected" })).toMatchObject({ annunciation: "alert", state: "held" });
    const brake = it.alert(0, "b", { kind: "emergency-brake", place: atKm(80) });
    expect(brake.annunciation).toBe("alert");
    expect(it.alarms.log.entries).toEqual([]);
    expect(it.alert(5, "s", { tier: "confirmed" })).toMatchObject({
      annunciation: "alarm",
      state: "unacknowledged",
    });
  });

  it("takes a vehicle that stands in a tunnel for more urgent than one beside a street", () => {
    const it = desk();
    expect(it.alert(0, "t", { place: atKm(12, 12, { confined: true }) }).priority).toBe(1);
    expect(it.alert(0, "m", { place: atKm(40) }).priority).toBe(2);
    expect(it.alert(0, "s", { place: atKm(60, 60, { fast: false }) }).priority).toBe(3);
  });
});

describe("grouping", () => {
  it("makes one alarm of a crash and its queue, the cause first, and counts the rest", () => {
    const it = desk();
    const queue = it.alert(0, "q", { kind: "queue-end", place: atKm(11.2) });
    it.alert(5, "jam", { kind: "congestion", place: atKm(11.2, 12) });
    const crash = it.alert(20, "crash", { kind: "accident", place: atKm(12) });
    expect(crash).toMatchObject({ alarmId: queue.alarmId, alertId: "crash", alerts: 3, kind: "accident" });
    expect(crash.children).toEqual(["crash", "q", "jam"]);
    expect(it.alarms.counts).toMatchObject({ p2: 1, p3: 0 });
  });

  it("keeps directions, far places and later causes apart", () => {
    const it = desk();
    const first = it.alert(0, "a").alarmId;
    const opposite = { ref: "A40", direction: "Dortmund", fromKm: 12, toKm: 12 };
    expect(it.alert(1, "b", { place: atKm(12, 12, { road: opposite }) }).alarmId).not.toBe(first);
    expect(it.alert(2, "c", { place: atKm(13) }).alarmId).not.toBe(first);
    expect(it.alert(301, "d", { place: atKm(12.3) }).alarmId).not.toBe(first);
    expect(it.alert(302, "e", { place: atKm(12.05) }).alarmId).toBe(first);
  });

  it("follows what an alert says of another, but never mixes an exercise with the road", () => {
    const it = desk();
    const { alarmId } = it.alert(0, "a");
    expect(it.alert(400, "b", { kind: "blockage", place: atKm(14), relatedAlertId: "a" }).alarmId).toBe(
      alarmId,
    );
    const drill = it.alert(401, "x", { relatedAlertId: "a", exercise: true });
    expect(drill.alarmId).not.toBe(alarmId);
    expect(drill).toMatchObject({ exercise: true, state: "unacknowledged" });
    expect(it.alarms.log.entries.map(({ alarmId: id }) => id)).not.toContain(drill.alarmId);
  });

  it("calls again when something more urgent joins, although the alarm was acknowledged", () => {
    const it = desk();
    it.alert(0, "a");
    it.tell(5, "a", { command: "acknowledge" });
    const raised = it.alert(60, "o", { kind: "obstacle" });
    expect(raised).toMatchObject({ priority: 1, state: "unacknowledged", acknowledged: undefined });
  });
});

describe("acknowledgement", () => {
  it("leaves what is over and unseen in the list until somebody has seen it, then for five minutes", () => {
    const it = desk();
    it.alert(0, "a");
    it.over(30, "a");
    expect(it.at(HOUR).of("a").state).toBe("cleared-unacknowledged");
    it.tell(HOUR, "a", { command: "acknowledge" });
    expect(it.of("a")).toMatchObject({
      state: "cleared",
      acknowledged: { by: "Ada" },
      clearedAtMs: until(40),
    });
    expect(it.at(HOUR + 299).views()).toHaveLength(1);
    expect(it.at(HOUR + 300).views()).toEqual([]);
    expect(it.tell(HOUR + 301, "a", { command: "acknowledge" })).toMatchObject({ code: "unknown-alarm" });
  });

  it("is asked for again when the alarm comes back, under the same id within five minutes", () => {
    const it = desk();
    const { alarmId } = it.alert(0, "a");
    it.tell(1, "a", { command: "acknowledge" });
    it.over(10, "a");
    expect(it.alert(200, "b")).toMatchObject({ alarmId, state: "unacknowledged" });
    it.tell(201, "b", { command: "acknowledge" });
    it.over(210, "b");
    it.at(600);
    expect(it.alert(601, "c").alarmId).not.toBe(alarmId);
  });
});

describe("a flood", () => {
  const flooded = () => {
    const it = desk();
    for (let i = 0; i < 14; i++) it.alert(i, `a${i}`, { place: atKm(10 + 3 * i) });
    return it;
  };

  it("begins with ten in ten minutes; from then on only priority 1 sounds, and what is silent is counted", () => {
    const it = flooded();
    expect(it.alarms.board()).toMatchObject({
      flood: { sinceMs: until(9), suppressed: 4 },
      lastTenMinutes: 14,
    });
    expect(it.of("a9").suppressed).toBeUndefined();
    expect(it.of("a10")).toMatchObject({
      suppressed: "flood",
      state: "unacknowledged",
      annunciatedAtMs: undefined,
    });
    expect(it.alert(20, "w", { kind: "wrong-way", place: atKm(90) }).suppressed).toBeUndefined();
  });

  it("ends below five in ten minutes, and what it silenced and is there still is shown as new", () => {
    const it = flooded();
    it.over(30, "a11");
    expect(it.at(608).alarms.board().flood).toBeDefined();
    expect(it.at(609).alarms.board().flood).toBeUndefined();
    expect(it.of("a10")).toMatchObject({
      suppressed: undefined,
      state: "unacknowledged",
      annunciatedAtMs: until(609),
    });
    expect(it.of("a11").state).toBe("cleared-unacknowledged");
    expect(it.alarms.counts).toMatchObject({ p2: 10, suppressedByFlood: 4 });
  });
});

describe("the shelf", () => {
  const shelve = { command: "shelve", untilMs: until(900), reason: "breakdown lorry is there" } as const;

  it("silences until its time is up; then the alarm calls again if it is there", () => {
    const it = desk();
    it.alert(0, "a");
    expect(it.tell(5, "a", shelve)).toBeUndefined();
    expect(it.of("a").shelved).toMatchObject({ by: "Ada", reason: "breakdown lorry is there" });
    it.over(60, "a");
    it.alert(600, "b");
    expect(it.of("b")).toMatchObject({ alarmId: it.of("a").alarmId, state: "held" });
    expect(it.at(900).of("b")).toMatchObject({ state: "unacknowledged", shelved: undefined });
  });

  it("lets through what is more urgent, and a one-shot ends with its alarm", () => {
    const it = desk();
    it.alert(0, "a");
    it.tell(5, "a", { ...shelve, oneShot: true });
    expect(it.alert(20, "o", { kind: "obstacle" })).toMatchObject({ priority: 1, state: "unacknowledged" });
    const other = desk();
    other.alert(0, "a");
    other.tell(5, "a", { ...shelve, oneShot: true });
    other.over(10, "a");
    expect(other.alert(100, "b").state).toBe("unacknowledged");
  });

  it("needs a reason and an end within eight hours, and an administrator for priority 1", () => {
    const it = desk();
    it.alert(0, "a");
    it.alert(0, "w", { kind: "wrong-way", place: atKm(40) });
    expect(it.tell(1, "a", { ...shelve, reason: " " })?.code).toBe("bad-command");
    expect(it.tell(1, "a", { ...shelve, untilMs: until(9 * HOUR) })?.code).toBe("bad-command");
    expect(it.tell(1, "w", shelve)?.code).toBe("not-permitted");
    expect(it.tell(1, "w", shelve, true)).toBeUndefined();
    expect(it.of("a").state).toBe("unacknowledged");
  });

  it("is for a time; out of service is until somebody returns it, and only administrators do either", () => {
    const it = desk();
    it.alert(0, "b", { kind: "blind-area" });
    it.at(MINUTE);
    const out = { command: "remove-from-service", reason: "cable is cut" } as const;
    expect(it.tell(61, "b", out)?.code).toBe("not-permitted");
    it.tell(61, "b", out, true);
    it.over(70, "b");
    it.alert(30 * HOUR, "b2", { kind: "blind-area" });
    expect(it.at(31 * HOUR).of("b2")).toMatchObject({
      state: "held",
      outOfService: { reason: "cable is cut" },
    });
    it.tell(32 * HOUR, "b2", { command: "return-to-service" }, true);
    expect(it.of("b2").state).toBe("unacknowledged");
  });
});

describe("nuisances", () => {
  it("are silent once they have begun three times in a minute, until they have been quiet for five", () => {
    const it = desk({ rules: { "stationary-vehicle": { releaseS: 0, reason: "a test" } } });
    for (const [i, s] of [0, 20, 40].entries()) {
      it.alert(s, `a${i}`);
      if (i < 2) it.over(s + 5, `a${i}`);
    }
    expect(it.of("a2")).toMatchObject({ chattering: true, suppressed: "chatter", state: "unacknowledged" });
    expect(it.at(340).of("a2")).toMatchObject({ chattering: false, suppressed: undefined });
    expect(it.alarms.counts).toMatchObject({ suppressedByChatter: 1, p2: 3 });
  });

  it("are told when they have stood for more than a day", () => {
    const it = desk();
    it.alert(0, "a");
    expect(it.at(24 * HOUR - 1).of("a").stale).toBe(false);
    expect(it.at(24 * HOUR).of("a").stale).toBe(true);
    expect(alarmKpis(it.alarms, T0, until(25 * HOUR)).stale).toHaveLength(1);
  });

  it("cannot fill the memory: the least urgent that are over go first, counted", () => {
    const it = desk();
    it.alert(0, "w", {
      kind: "wrong-way",
      place: atKm(1, 1, { road: { ref: "A3", direction: "", fromKm: 1, toKm: 1 } }),
    });
    it.over(1, "w");
    for (let i = 0; i < 2_100; i++) {
      it.alert(20 + i * 30, `a${i}`, { place: atKm(i * 20) });
      it.over(25 + i * 30, `a${i}`);
    }
    expect(it.alarms.size).toBeLessThanOrEqual(2_001);
    expect(it.alarms.counts.forgotten).toBeGreaterThanOrEqual(99);
    expect(it.of("w").state).toBe("cleared-unacknowledged");
  });
});

describe("settings", () => {
  it("change what is named and nothing else, and more operators take more", () => {
    const it = desk({
      operators: 2,
      rules: { congestion: { fast: ["P2", "alert"], holdS: 5, holdOneS: 5, reason: "tunnel" } },
    });
    it.alert(0, "c", { kind: "congestion" });
    expect(it.at(5).of("c")).toMatchObject({ priority: 2, state: "unacknowledged" });
    expect(it.alarms.settings.floodFrom).toBe(20);
  });

  it("say what is wrong with them in a sentence", () => {
    const wrong = (value: unknown) => () => readAlarmSettings(value);
    expect(wrong({ rules: { congstion: {} } })).toThrow("did you mean congestion?");
    expect(wrong({ rules: { congestion: { fast: ["P1"], reason: "x" } } })).toThrow(
      "must be two of P1, P2, P3",
    );
    expect(wrong({ rules: { congestion: { holdS: 5 } } })).toThrow("needs a reason");
    expect(wrong({ rule: {} })).toThrow("rule is not known");
  });
});
