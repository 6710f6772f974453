/** Where the server stands; it says so whenever the driver asks. */
export interface ServerMark {
  readonly url: string;
  readonly engine: string;
  readonly observations: number;
  readonly messages: number;
  readonly results: number;
  readonly malformed: number;
  readonly refused: number;
  readonly faults: number;
  /** Results that their subscriber would not take. */
  readonly dropped: number;
  readonly processorUs: number;
  readonly rssBytes: number;
}
