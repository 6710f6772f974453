/** What the user must know and can mend: one sentence, and a hint where there is one. */
export class EvaluationError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = "EvaluationError";
    this.hint = hint;
  }
}
