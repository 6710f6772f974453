import { writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createAuthority, issueCertificate } from "../../src/access/development-certificates.ts";
import { WebhookSecret } from "../../src/webhook/signature.ts";
import { alert, START_MS } from "../deliver/world.ts";
import { copyAfterKill } from "../store/alert-log-world.ts";
import { temporaryFolder } from "../store/folders.ts";
import { Receiver } from "./receiver.ts";
import { WebhookWorld } from "./world.ts";

const sequences = (receiver: Receiver) => receiver.messages.map(({ sequence }) => sequence);

/** What no client asked for (RFC 9110 §15.2.2). */
function switchProtocol({ socket }: ServerResponse): void {
  socket?.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n");
}

describe("webhooks", () => {
  it("post every transition once, in order, signed, as in the alert file", async () => {
    const receiver = await Receiver.start();
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url });
    const told = world.tell(30);
    await receiver.until(({ messages }) => messages.length === 30);
    expect(sequences(receiver)).toEqual(told);
    const [first] = receiver.arrivals;
    expect(receiver.arrivals.map(({ problem }) => problem).filter(Boolean)).toEqual([]);
    expect(first?.body).toMatchObject({
      type: "alert",
      id: `alert_${world.log.epoch}_${told[0]}`,
      epoch: world.log.epoch,
      sequence: told[0],
      attempt: 1,
      exercise: false,
      alert: { alertId: "a1", state: "new", revision: 1, kind: "stationary-vehicle" },
    });
    expect(first?.headers).toMatchObject({
      "content-type": "application/json",
      "webhook-id": first?.body.id,
    });
  });

  it("try again after errors, with the same id, a higher count and a new time, and pass nothing by", async () => {
    const receiver = await Receiver.start();
    receiver.answer = (_, index) => (index % 3 === 2 ? 200 : 500);
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url });
    const told = world.tell(5);
    await expect.poll(() => world.status.stats.messages).toBe(5);
    expect(sequences(receiver)).toEqual(told.flatMap((sequence) => [sequence, sequence, sequence]));
    expect(receiver.arrivals.slice(0, 3).map(({ body }) => body.attempt)).toEqual([1, 2, 3]);
    expect(new Set(receiver.arrivals.slice(0, 3).map(({ id }) => id)).size).toBe(1);
    expect(world.status.stats.failed["server-error"]).toBe(10);
    expect(world.events.map(({ kind }) => kind).slice(0, 2)).toEqual(["failing", "recovered"]);
  });

  it("take a receiver that switches to another protocol for broken, and go on trying", async () => {
    const receiver = await Receiver.start();
    receiver.answer = (_, index) => (index === 0 ? switchProtocol : 200);
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url });
    const told = world.tell(1);
    await expect.poll(() => world.status.stats.messages).toBe(1);
    expect(sequences(receiver)).toEqual([told[0], told[0]]);
    expect(world.status.stats.failed.broken).toBe(1);
  });

  it("try again where a message could not be made, and end no process", async () => {
    const receiver = await Receiver.start();
    let isBroken = false;
    const nowMs = (): number => {
      if (!isBroken) return Date.now();
      isBroken = false;
      throw new RangeError("a bug");
    };
    const world = new WebhookWorld({ nowMs });
    await world.apply({ url: receiver.url });
    isBroken = true;
    const told = world.tell(1);
    await receiver.until(({ messages }) => messages.length === 1);
    expect(isBroken).toBe(false);
    expect(sequences(receiver)).toEqual(told);
    expect(world.status.stats.failed.broken).toBe(1);
  });

  it("go on where they stood when a receiver comes back", async () => {
    const first = await Receiver.start();
    const { port } = first;
    const world = new WebhookWorld();
    await world.apply({ url: first.url });
    world.tell(3);
    await first.until(({ messages }) => messages.length === 3);
    await first.close();
    world.tell(200);
    await expect.poll(() => world.status.stats.failed.connect).toBeGreaterThan(0);
    expect(world.status).toMatchObject({ state: "failing", backlog: 200 });
    const second = await Receiver.start(port);
    await second.until(({ messages }) => messages.length === 200);
    expect(sequences(second)).toEqual(Array.from({ length: 200 }, (_, i) => i + 4));
    await expect.poll(() => world.status).toMatchObject({ state: "delivering", backlog: 0 });
  });

  it("go on after a restart behind what was acknowledged; what was not comes again under the same id", async () => {
    const receiver = await Receiver.start();
    const before = new WebhookWorld();
    await before.apply({ url: receiver.url });
    before.tell(10);
    receiver.answer = ({ body }) => (body.sequence <= 6 ? 200 : undefined);
    await receiver.until(({ messages }) => messages.length === 7);
    const folder = copyAfterKill(before.folder);
    const cursors = new Map(before.cursors);
    receiver.answer = () => 200;
    const after = new WebhookWorld({ folder, cursors });
    await after.apply({ url: receiver.url });
    await receiver.until(({ messages }) => messages.length === 11);
    expect(sequences(receiver)).toEqual([1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10]);
    expect(new Set(receiver.messages.map(({ id }) => id)).size).toBe(10);
  });

  it("tell a new receiver the present state first, then what is new", async () => {
    const receiver = await Receiver.start();
    const world = new WebhookWorld();
    world.tell(3);
    world.hub.publish([alert({ alertId: "a2", revision: 2, state: "ended" })], undefined, START_MS);
    await world.apply({ url: receiver.url, begin: "snapshot" });
    await receiver.until(({ arrivals }) => arrivals.length === 1);
    world.tell(1);
    await receiver.until(({ arrivals }) => arrivals.length === 2);
    expect(receiver.arrivals[0]?.body).toMatchObject({
      type: "alert.snapshot",
      reason: "new",
      sequence: 4,
      part: 1,
      parts: 1,
    });
    expect(receiver.arrivals[0]?.body.gap).toBeUndefined();
    expect(
      receiver.arrivals[0]?.body.items.map((item: { alert: { alertId: string } }) => item.alert.alertId),
    ).toEqual(["a1", "a3"]);
    expect(receiver.arrivals[1]?.body).toMatchObject({ type: "alert", sequence: 5 });
  });

  it("say so where a receiver was away longer than the log reaches, with the present state in parts", async () => {
    const receiver = await Receiver.start();
    receiver.answer = () => 503;
    const world = new WebhookWorld({ log: { maxBytes: 8_192 } });
    await world.apply({ url: receiver.url });
    world.tell(2);
    await receiver.until(({ arrivals }) => arrivals.length > 0);
    for (let i = 0; i < 5; i++) {
      world.tell(60);
      world.log.retain();
    }
    expect(world.log.oldest).toBeGreaterThan(3);
    await expect.poll(() => world.status.stats.gaps).toBe(1);
    receiver.arrivals.length = 0;
    receiver.answer = () => 200;
    await expect.poll(() => world.status.backlog).toBe(0);
    const parts = receiver.arrivals.filter(
      ({ body }) => body.type === "alert.snapshot" && body.sequence === 302,
    );
    expect(parts.map(({ body }) => [body.part, body.parts, body.items.length])).toEqual([
      [1, 4, 100],
      [2, 4, 100],
      [3, 4, 100],
      [4, 4, 2],
    ]);
    expect(parts[0]?.body.gap).toMatchObject({ reason: "too-old", asked: { sequence: 0 } });
    world.tell(1);
    await receiver.until(({ messages }) => messages.length === 1);
    expect(sequences(receiver)).toEqual([303]);
  });

  it("follow an alert that matched to its end, and leave out what never did", async () => {
    const receiver = await Receiver.start();
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url, subscription: { minSeverity: 4 } });
    world.tell(5, { severity: 2 });
    world.hub.publish([alert({ alertId: "x", severity: 4 })], undefined, START_MS);
    world.hub.publish(
      [alert({ alertId: "x", revision: 2, severity: 2, state: "updated" })],
      undefined,
      START_MS,
    );
    world.hub.publish(
      [alert({ alertId: "x", revision: 3, severity: 2, state: "ended" })],
      undefined,
      START_MS,
    );
    await receiver.until(({ messages }) => messages.length === 3);
    expect(sequences(receiver)).toEqual([6, 7, 8]);
    await expect.poll(() => world.status.backlog).toBe(0);
  });

  it("stop at 410, stay so after a restart, and go on when they are resumed", async () => {
    const receiver = await Receiver.start();
    receiver.answer = () => 410;
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url });
    world.tell(1);
    await expect.poll(() => world.status.state).toBe("disabled");
    expect(world.status.warning).toContain("410");
    expect(world.events.at(-1)).toMatchObject({ kind: "disabled", name: "centre" });
    const again = new WebhookWorld({ cursors: world.cursors });
    await again.apply({ url: receiver.url });
    expect(again.status.state).toBe("disabled");
    world.tell(1);
    expect(receiver.arrivals).toHaveLength(1);
    receiver.answer = () => 200;
    world.webhooks.enable("centre");
    await receiver.until(({ messages }) => messages.length === 3);
    expect(sequences(receiver)).toEqual([1, 1, 2]);
  });

  it("wait as long as the receiver asks for", async () => {
    const receiver = await Receiver.start();
    receiver.answer = (_, index) =>
      index === 0 ? (response) => response.writeHead(429, { "Retry-After": "1" }).end() : 200;
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url });
    world.tell(1);
    await receiver.until(({ arrivals }) => arrivals.length === 2);
    const [first, second] = receiver.arrivals.map(({ body }) => body.sentAtMs);
    expect(second - first).toBeGreaterThanOrEqual(1_000);
    expect(world.status.stats.failed["too-many"]).toBe(1);
  });

  it("give up waiting for a slow receiver, and hold up nobody else meanwhile", {
    timeout: 20_000,
  }, async () => {
    const slow = await Receiver.start();
    slow.answer = () => undefined;
    const fast = await Receiver.start();
    const world = new WebhookWorld();
    await world.apply({ name: "slow", url: slow.url, timeoutMs: 1_000 }, { name: "fast", url: fast.url });
    world.tell(300);
    await fast.until(({ messages }) => messages.length === 300);
    expect(world.status).toMatchObject({ name: "slow", stats: { messages: 0 }, backlog: 300 });
    await expect.poll(() => world.status.stats.failed.timeout, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(new Set(slow.messages.map(({ sequence }) => sequence))).toEqual(new Set([1]));
  });

  it("share the requests under way, so that dead receivers cannot take them all", async () => {
    const dead = await Receiver.start();
    dead.answer = () => undefined;
    const world = new WebhookWorld({ maxRequests: 2 });
    const names = ["d1", "d2", "d3", "d4"];
    await world.apply(...names.map((name) => ({ name, url: dead.url, timeoutMs: 1_000 })));
    world.tell(1);
    const first = new Set<unknown>();
    await dead.until(({ arrivals }) => arrivals.length >= 8);
    for (const { headers } of dead.arrivals) first.add(headers["user-agent"]);
    // One may arrive before the receiver has seen that another was given up; unshared, there were four at once.
    expect(dead.mostWaiting).toBeLessThan(names.length);
    for (const status of world.webhooks.status()) expect(status.stats.failed.timeout).toBeGreaterThan(0);
  }, 15_000);

  it("follow no redirect and read no endless answer", async () => {
    const target = await Receiver.start();
    const receiver = await Receiver.start();
    receiver.answer = (_, index) => (response) => {
      if (index === 0) response.writeHead(307, { Location: target.url }).end();
      else {
        response.writeHead(200);
        const pour = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        };
        response.on("drain", pour);
        pour();
      }
    };
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url });
    world.tell(2);
    await expect.poll(() => world.status.stats.messages).toBe(2);
    expect(target.arrivals).toHaveLength(0);
    expect(world.status.stats.failed.redirect).toBe(1);
    await expect.poll(() => receiver.waiting).toBe(0);
  });

  it("speak TLS only with whom the certificate names", async () => {
    const authority = createAuthority("test", 1, Date.now());
    const stranger = createAuthority("stranger", 1, Date.now());
    const tlsOf = (issuer: typeof authority, host: string) => {
      const { certPem: cert, keyPem: key } = issueCertificate(
        issuer,
        { name: host, hosts: [host], purpose: "server" },
        1,
        Date.now(),
      );
      return { cert, key };
    };
    const right = await Receiver.start(0, tlsOf(authority, "127.0.0.1"));
    const wrong = await Receiver.start(0, tlsOf(stranger, "127.0.0.1"));
    const other = await Receiver.start(0, tlsOf(authority, "other.example"));
    const folder = temporaryFolder();
    writeFileSync(`${folder}/ca.pem`, authority.certPem);
    const caFile = `${folder}/ca.pem`;
    const world = new WebhookWorld();
    await world.apply(
      { name: "right", url: right.url, caFile },
      { name: "wrong", url: wrong.url, caFile },
      { name: "other", url: other.url, caFile },
      { name: "system", url: right.url },
    );
    world.tell(1);
    await right.until(({ messages }) => messages.length === 1);
    const failedOf = (name: string) =>
      world.webhooks.status().find((each) => each.name === name)?.stats.failed.tls;
    for (const name of ["wrong", "other", "system"])
      await expect.poll(() => failedOf(name)).toBeGreaterThan(0);
    expect([wrong.arrivals.length, other.arrivals.length, right.arrivals.length]).toEqual([0, 0, 1]);
  });

  it("keep the order of each alert where several requests are under way, and stay at one where it is strict", async () => {
    const receiver = await Receiver.start();
    const held = new Map<number, () => void>();
    receiver.answer = ({ body }) => new Promise((resolve) => held.set(body.sequence, () => resolve(200)));
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url, order: "per-alert", maxConcurrent: 3 });
    const tell = (alertId: string, revision: number) =>
      world.hub.publish(
        [alert({ alertId, revision, state: revision === 1 ? "new" : "updated" })],
        undefined,
        START_MS,
      );
    tell("x", 1);
    tell("x", 2);
    tell("y", 1);
    await expect.poll(() => [...held.keys()].sort()).toEqual([1, 3]);
    held.get(3)?.();
    await expect.poll(() => world.status.stats.messages).toBe(1);
    expect(world.cursors.get("centre")?.sequence).toBe(0);
    held.get(1)?.();
    await expect.poll(() => held.has(2)).toBe(true);
    held.get(2)?.();
    await expect.poll(() => world.cursors.get("centre")?.sequence).toBe(3);
  });

  it("join messages where that is asked for, and send fewer to a receiver that finds them too large", async () => {
    const receiver = await Receiver.start();
    receiver.answer = ({ body }) => (body.type === "alert.batch" && body.items.length > 5 ? 413 : 200);
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url, maxBatch: 20 });
    const told = world.tell(40);
    await expect.poll(() => world.status.stats.messages).toBe(40);
    const taken = receiver.arrivals.filter(({ body }) => body.type === "alert" || body.items.length <= 5);
    expect(
      taken.flatMap(({ body }) => (body.items ?? [body]).map((item: { sequence: number }) => item.sequence)),
    ).toEqual(told);
    const [batch] = taken;
    expect(batch?.body).toMatchObject({
      type: "alert.batch",
      id: `alert_${world.log.epoch}_1-5`,
      sequence: 5,
      items: [{ id: `alert_${world.log.epoch}_1`, sequence: 1 }, {}, {}, {}, {}],
    });
  });

  it("change secrets without a message that a receiver cannot verify", async () => {
    const receiver = await Receiver.start();
    const old = receiver.secrets;
    const next = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
    const world = new WebhookWorld();
    const folder = temporaryFolder();
    writeFileSync(`${folder}/next`, next);
    await world.apply({ url: receiver.url });
    world.tell(1);
    await receiver.until(({ messages }) => messages.length === 1);
    await world.apply({ url: receiver.url, secrets: [{ file: `${folder}/next` }, { file: "secret" }] });
    world.tell(1);
    await receiver.until(({ messages }) => messages.length === 2);
    receiver.secrets = [WebhookSecret.parse(next)];
    world.tell(1);
    await receiver.until(({ messages }) => messages.length === 3);
    await world.apply({ url: receiver.url, secrets: [{ file: `${folder}/next` }] });
    world.tell(1);
    await receiver.until(({ messages }) => messages.length === 4);
    expect(receiver.arrivals.map(({ problem }) => problem)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(sequences(receiver)).toEqual([1, 2, 3, 4]);
    receiver.secrets = old;
    world.tell(1);
    await receiver.until(({ messages }) => messages.length === 5);
    expect(receiver.arrivals.at(-1)?.problem).toContain("no signature is right");
  });

  it("send nothing while paused, and everything after", async () => {
    const receiver = await Receiver.start();
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url, paused: true });
    world.tell(4);
    expect(world.status).toMatchObject({ state: "paused", backlog: 4 });
    await world.apply({ url: receiver.url });
    await receiver.until(({ messages }) => messages.length === 4);
    expect(sequences(receiver)).toEqual([1, 2, 3, 4]);
  });

  it("begin anew with the present state when something else is asked for", async () => {
    const receiver = await Receiver.start();
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url, subscription: { minSeverity: 5 } });
    world.tell(2);
    await expect.poll(() => world.status.backlog).toBe(0);
    await world.apply({ url: receiver.url, subscription: { minSeverity: 3 } });
    await receiver.until(({ arrivals }) => arrivals.length === 1);
    expect(receiver.arrivals[0]?.body).toMatchObject({
      type: "alert.snapshot",
      reason: "subscription-changed",
      sequence: 2,
    });
    expect(receiver.arrivals[0]?.body.items).toHaveLength(2);
  });

  it("are changed again after a change that failed, and end", async () => {
    const receiver = await Receiver.start();
    let isDiskFull = true;
    const world = new WebhookWorld({
      cursorFileOf() {
        if (isDiskFull) throw new Error("ENOSPC");
        return {
          read: () => undefined,
          write: () => undefined,
          sync: () => undefined,
          close: () => undefined,
        };
      },
    });
    await expect(world.apply({ url: receiver.url })).rejects.toThrow("ENOSPC");
    isDiskFull = false;
    await world.apply({ url: receiver.url, begin: "now" });
    world.tell(1);
    await receiver.until(({ messages }) => messages.length === 1);
  });

  it("send again from a number that an operator names, with the same ids, and test without a message", async () => {
    const receiver = await Receiver.start();
    const world = new WebhookWorld();
    await world.apply({ url: receiver.url });
    world.tell(5);
    await receiver.until(({ messages }) => messages.length === 5);
    await expect.poll(() => world.status.backlog).toBe(0);
    expect(world.webhooks.replay("centre", 9)).toContain("newest");
    expect(world.webhooks.replay("centre", 4)).toBeUndefined();
    await receiver.until(({ messages }) => messages.length === 7);
    expect(sequences(receiver)).toEqual([1, 2, 3, 4, 5, 4, 5]);
    expect(new Set(receiver.messages.map(({ id }) => id)).size).toBe(5);
    expect(await world.webhooks.test("centre")).toMatchObject({ ok: true, status: 204 });
    expect(receiver.arrivals.at(-1)?.body).toMatchObject({ type: "test", exercise: true });
  });
});
