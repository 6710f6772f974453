import { QueryError } from "../../api/query.ts";
import { Representation } from "../../api/representation.ts";
import { type HttpExchange, sendProblem } from "../../ops/http.ts";

/** Kept by whoever asked, never by a cache between, and asked for again each time. */
const PRIVATE = "private, no-cache";

/** Answers with a value, its ETag, compressed where that is wanted; 304 where the client has the same. */
export function answerJson(
  { request, response }: HttpExchange,
  value: unknown,
  contentType = "application/json; charset=utf-8",
): Promise<void> {
  const made = new Representation(JSON.stringify(value), { contentType, cacheControl: PRIVATE });
  return made.answer(request, response);
}

/** Too many ask for the same scarce thing at once. */
export class BusyError extends Error {
  override readonly name = "BusyError";
}

/** Lets a query that cannot be answered be a problem. */
export function askingWell(
  handle: (exchange: HttpExchange) => void | Promise<void>,
): (exchange: HttpExchange) => Promise<void> {
  return async (exchange) => {
    try {
      await handle(exchange);
    } catch (error) {
      if (error instanceof BusyError) {
        exchange.response.setHeader("Retry-After", "1");
        return sendProblem(exchange.response, 503, "busy", error.message);
      }
      if (!(error instanceof QueryError)) throw error;
      sendProblem(exchange.response, 400, "bad-query", error.message);
    }
  };
}
