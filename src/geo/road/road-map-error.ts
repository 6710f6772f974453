/** A map that cannot be used. The message is one sentence that names the feature at fault. */
export class RoadMapError extends Error {
  constructor(fileName: string, problem: string) {
    super(`${fileName}: ${problem}`);
    this.name = "RoadMapError";
  }
}
