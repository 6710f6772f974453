import { describe, expect, it } from "vitest";
import { SessionTable } from "../../src/ingest/session-table.ts";

const hello = { source_id: "rsu-a40-37", kind: 2, time_base: 2 };

describe("SessionTable", () => {
  it("introduces a source with its time base", () => {
    const table = new SessionTable();
    table.open(3);
    expect(table.source(3)).toBeUndefined();
    expect(table.introduce(3, hello)).toEqual({ slot: 3, name: "rsu-a40-37", kind: "rsu", timeBase: "tai" });
    expect(table.source(3)?.name).toBe("rsu-a40-37");
  });

  it.each([
    ["hello.source_id", { ...hello, source_id: "" }],
    ["hello.source_id", { ...hello, source_id: "Straße 7" }],
    ["hello.source_id", { ...hello, source_id: "x".repeat(65) }],
    ["hello.kind", { ...hello, kind: 0 }],
    ["hello.kind", { ...hello, kind: 9 }],
    ["hello.time_base", { ...hello, time_base: 4 }],
  ])("refuses a hello whose %s is wrong, and takes a right one after it", (field, wrong) => {
    const table = new SessionTable();
    table.open(1);
    expect(table.introduce(1, wrong)).toEqual({ rejected: "bad-hello", field });
    expect(table.source(1)).toBeUndefined();
    expect(table.introduce(1, hello)).toMatchObject({ name: "rsu-a40-37" });
  });

  it("takes the same hello twice and refuses to become somebody else", () => {
    const table = new SessionTable();
    table.open(1);
    table.introduce(1, hello);
    expect(table.introduce(1, hello)).toMatchObject({ name: "rsu-a40-37" });
    expect(table.introduce(1, { ...hello, source_id: "other" })).toEqual({
      rejected: "bad-hello",
      field: "hello",
    });
    expect(table.source(1)?.name).toBe("rsu-a40-37");
  });

  it("forgets a session that closed: its slot begins anew", () => {
    const table = new SessionTable();
    table.open(1);
    table.introduce(1, hello);
    table.close(1);
    table.open(1);
    expect(table.source(1)).toBeUndefined();
  });

  it("survives a restart", () => {
    const table = new SessionTable();
    table.open(2);
    table.open(1);
    table.introduce(1, hello);
    const other = new SessionTable();
    other.restore(JSON.parse(JSON.stringify(table.snapshot())));
    expect(other.source(1)).toEqual(table.source(1));
    expect(other.size).toBe(2);
    expect(other.snapshot()).toEqual(table.snapshot());
  });
});
