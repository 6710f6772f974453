/**
 * Two independent 32-bit digests of plain data, made together: 64 bits, so that two different lists are taken for one
 * with a chance of 1 in 10^19. Finalisers and multipliers are those of murmur3 and xxHash.
 */
export class Digest {
  a = 0;
  b = 0;
  readonly #number = new Float64Array(1);
  readonly #words = new Int32Array(this.#number.buffer);

  start(): void {
    this.a = 0x2f0b4c47;
    this.b = 0x5d1e3a69;
  }

  word(value: number): void {
    this.a = Math.imul(rotated(this.a ^ Math.imul(value, 0xcc9e2d51 | 0), 13), 0x1b873593) + 0x6546b64;
    this.b = Math.imul(rotated(this.b ^ Math.imul(value, 0x85ebca77 | 0), 17), 0xc2b2ae3d | 0) + 0x27d4eb2f;
    this.a |= 0;
    this.b |= 0;
  }

  number(value: number): void {
    this.#number[0] = value;
    this.word(this.#words[0] as number);
    this.word(this.#words[1] as number);
  }

  text(value: string): void {
    this.word(value.length);
    for (let i = 0; i < value.length; i++) this.word(value.charCodeAt(i));
  }

  /** Plain data of any depth: numbers, texts, truth values, lists, and objects whose members stand in a fixed order. */
  add(value: unknown): void {
    if (typeof value === "number") return this.number(value);
    if (typeof value === "string") return this.text(value);
    if (typeof value !== "object" || value === null)
      return this.word(value === true ? 1 : value === false ? 2 : 3);
    const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    this.word(members.length);
    for (const member of members) this.add(member);
  }
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
