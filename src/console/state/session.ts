import { signal } from "@preact/signals";
import type { Viewer } from "../../api/contract/live.ts";

/**
 * Who sits here.
 *
 * - `asking`: the server has not answered yet.
 * - `in`: known, or the server asks nobody who they are.
 * - `out`: has to sign in; `viewer` is who was signed in before, so that work in progress stays open underneath.
 */
export type Session =
  | { readonly state: "asking"; readonly viewer: undefined }
  | { readonly state: "in"; readonly viewer: Viewer }
  | { readonly state: "out"; readonly viewer: Viewer | undefined; readonly reason: SignedOutReason };

/** `none`: nobody signed in yet; `ended`: the credentials ran out or were taken back. */
export type SignedOutReason = "none" | "ended";

export const session = signal<Session>({ state: "asking", viewer: undefined });

export function sessionBegan(viewer: Viewer): void {
  session.value = { state: "in", viewer };
}

/** The server knows this browser no longer. */
export function sessionEnded(): void {
  const { state, viewer } = session.value;
  if (state === "out") return;
  session.value = { state: "out", viewer, reason: viewer === undefined ? "none" : "ended" };
}

/** Somebody has signed out: what they had open is nobody else's. */
export function sessionLeft(): void {
  session.value = { state: "out", viewer: undefined, reason: "none" };
}
