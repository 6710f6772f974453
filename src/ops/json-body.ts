import type { HttpExchange } from "./http.ts";
import { sendProblem } from "./http.ts";

/** A body takes no longer than this; the server's own timeouts are for slow networks, not for slow senders. */
const BODY_TIMEOUT_MS = 10_000;

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * The JSON body of a request. Undefined where there is none that can be used; the request has been answered then.
 * @param maxBytes as the route's `maxBodyBytes`, which only bounds lengths that are announced
 */
export async function readJsonBody(
  exchange: HttpExchange,
  maxBytes: number,
): Promise<{ readonly value: unknown } | undefined> {
  const { request, response } = exchange;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const timer = setTimeout(() => request.destroy(), BODY_TIMEOUT_MS);
  try {
    for await (const chunk of request as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        response.setHeader("Connection", "close");
        sendProblem(
          response,
          413,
          "body-too-large",
          `This resource takes a body of at most ${maxBytes} bytes.`,
        );
        return undefined;
      }
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
  try {
    return { value: JSON.parse(decoder.decode(Buffer.concat(chunks))) };
  } catch {
    sendProblem(response, 400, "bad-json", "The body is no JSON in UTF-8.");
    return undefined;
  }
}
