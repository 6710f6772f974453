import { expect, test } from "vitest";
import { FileSink, type WritableHandle } from "../../src/recording/file-sink.ts";

/** Takes three bytes at a time, and none beyond its capacity. */
function shortHandle(capacity: number): { handle: WritableHandle; content: () => string } {
  let bytes = Buffer.alloc(0);
  const handle = {
    async write(buffer: Uint8Array, offset: number, length: number, position: number) {
      const bytesWritten = Math.max(0, Math.min(3, length, capacity - position));
      const piece = buffer.subarray(offset, offset + bytesWritten);
      bytes = Buffer.concat([bytes.subarray(0, position), piece]);
      return { bytesWritten, buffer };
    },
    async truncate(length: number) {
      bytes = bytes.subarray(0, length);
    },
    async close() {},
  };
  return { handle: handle as unknown as WritableHandle, content: () => bytes.toString() };
}

test("short writes go on until all bytes are down", async () => {
  const { handle, content } = shortHandle(100);
  const sink = new FileSink(handle);

  await sink.append(Buffer.from("ten bytes!"));
  await sink.append(Buffer.from("more"));

  expect(content()).toBe("ten bytes!more");
  expect(sink.length).toBe(14);
});

test("a write that fails half-way leaves the file as it was", async () => {
  const { handle, content } = shortHandle(12);
  const sink = new FileSink(handle);
  await sink.append(Buffer.from("ten bytes!"));

  await expect(sink.append(Buffer.from("too long"))).rejects.toThrow("takes no more bytes");

  expect(content()).toBe("ten bytes!");
  expect(sink.length).toBe(10);
});
