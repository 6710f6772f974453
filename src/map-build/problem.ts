/** The input cannot become a map. The message is one sentence for the user, without a full stop, naming what is wrong. */
export class MapBuildError extends Error {
  override readonly name = "MapBuildError";
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
