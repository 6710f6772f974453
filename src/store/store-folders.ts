/** Folders in a store's directory. */
export const STORE_FOLDERS = {
  /** The alert log, its state and its index. */
  alerts: "alerts",
  /** What came in since the last saved state. */
  inputs: "inputs",
  states: "states",
  /** Where webhooks' receivers stand. */
  webhooks: "webhooks",
} as const;
