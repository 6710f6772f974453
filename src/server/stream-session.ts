/** One session on one socket, whatever it speaks. */
export interface StreamSession {
  message(bytes: Uint8Array): void;
  drained(): void;
  closed(code: number): void;
}
