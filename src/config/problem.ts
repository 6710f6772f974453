/** A mistake in the configuration. */
export interface ConfigProblem {
  /** Dotted path of the key at fault; empty where the file as a whole is. */
  readonly path: string;
  /** One sentence that names the key, what is wrong and where it was set. */
  readonly message: string;
  /** What to do about it, one sentence. */
  readonly hint: string | undefined;
}

/** The message and its hint, as one line for a terminal. */
export function problemLine(problem: ConfigProblem): string {
  return problem.hint === undefined ? problem.message : `${problem.message} ${problem.hint}`;
}
