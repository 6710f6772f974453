/** What a session needs of a connection. */
export interface LiveOutlet {
  /** The bytes must not be changed afterwards. `dropped`: the connection's buffer has no room for them. */
  send(bytes: Uint8Array): "sent" | "buffered" | "dropped";
  /** Bytes that the network has not taken yet. Whoever has seen more than 0 is told when there are none any more. */
  bufferedBytes(): number;
  close(code: number, reason: string): void;
}
