/** A value of the Redis protocol; nested lists as arrays. */
export type RespValue = string | number | Error | undefined | RespValue[];

/** No whole value stands here yet. */
const MORE = Symbol("more");

/** Reads replies of the Redis serialisation protocol (RESP 2) out of a stream. */
export class RespReader {
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;

  /** The values that are whole with these bytes. */
  take(data: Buffer): RespValue[] {
    this.#buffer =
      this.#at < this.#buffer.length ? Buffer.concat([this.#buffer.subarray(this.#at), data]) : data;
    this.#at = 0;
    const values: RespValue[] = [];
    for (;;) {
      const from = this.#at;
      const value = this.#value();
      if (value === MORE) {
        this.#at = from;
        return values;
      }
      values.push(value);
    }
  }

  #value(): RespValue | typeof MORE {
    const end = this.#buffer.indexOf("\r\n", this.#at);
    if (end < 0) return MORE;
    const kind = String.fromCharCode(this.#buffer[this.#at] ?? 0);
    const head = this.#buffer.toString("latin1", this.#at + 1, end);
    this.#at = end + 2;
    switch (kind) {
      case "+":
        return head;
      case "-":
        return new Error(head);
      case ":":
        return Number(head);
      case "$":
        return this.#text(Number(head));
      case "*":
        return this.#list(Number(head));
      default:
        throw new Error(`not of the Redis protocol: ${kind}${head}`);
    }
  }

  #text(length: number): string | undefined | typeof MORE {
    if (length < 0) return undefined;
    const end = this.#at + length;
    if (end + 2 > this.#buffer.length) return MORE;
    const text = this.#buffer.toString("utf8", this.#at, end);
    this.#at = end + 2;
    return text;
  }

  #list(length: number): RespValue[] | undefined | typeof MORE {
    if (length < 0) return undefined;
    const values: RespValue[] = [];
    for (let i = 0; i < length; i++) {
      const value = this.#value();
      if (value === MORE) return MORE;
      values.push(value);
    }
    return values;
  }
}
