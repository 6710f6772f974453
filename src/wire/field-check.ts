import type { Problem, ProblemCode } from "../domain/subscription.ts";

/**
 * Checks the fields of one request and keeps the first fault. Readers go on after a fault with a harmless value, so
 * that their code stays a straight line; what they made is used only where `problem` is undefined.
 */
export class FieldCheck {
  readonly #subscriptionId: string;
  #problem: Problem | undefined;

  constructor(subscriptionId: string) {
    this.#subscriptionId = subscriptionId;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  refuse(code: ProblemCode, field: string, message: string): void {
    this.#problem ??= { code, field, message, subscriptionId: this.#subscriptionId };
  }

  /** A number of the wire within inclusive bounds; `unit` stands behind the bounds in the message. */
  number(value: number | null | undefined, field: string, min: number, max: number, unit = ""): number {
    const number = value ?? 0;
    if (number >= min && number <= max) return number;
    const range = unit === "" ? `${min}..${max}` : `${min}..${max} ${unit}`;
    this.refuse("out-of-range", field, `${field} must be ${range}, but is ${number}.`);
    return min;
  }

  count(length: number, field: string, min: number, max: number): void {
    if (length > max)
      this.refuse("too-many", field, `${field} holds ${length} entries; at most ${max} are taken.`);
    else if (length < min)
      this.refuse("missing-field", field, `${field} holds ${length} entries; at least ${min} are needed.`);
  }
}
