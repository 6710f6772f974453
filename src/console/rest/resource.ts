import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getJson, RestError } from "./rest.ts";

export interface Resource<T> {
  /** The last good answer: kept while asking again, and while the server fails. */
  readonly value: T | undefined;
  readonly error: RestError | undefined;
  /** When the value was told, ms of this machine. */
  readonly askedAtMs: number | undefined;
}

/** A resource for as long as a component is shown, asked again every so often; `path` undefined asks nothing. */
export function useResource<T>(path: string | undefined, everyMs?: number): Resource<T> {
  const state = useSignal<Resource<T>>({ value: undefined, error: undefined, askedAtMs: undefined });
  useEffect(() => {
    state.value = { value: undefined, error: undefined, askedAtMs: undefined };
    if (path === undefined) return undefined;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      state.value = await answerOf<T>(path, abort.signal, state.peek());
      if (everyMs !== undefined && !abort.signal.aborted) timer = setTimeout(() => void ask(), everyMs);
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [path, everyMs]);
  return state.value;
}

async function answerOf<T>(path: string, signal: AbortSignal, before: Resource<T>): Promise<Resource<T>> {
  try {
    return { value: await getJson<T>(path, signal), error: undefined, askedAtMs: Date.now() };
  } catch (error) {
    return error instanceof RestError ? { ...before, error } : before;
  }
}
