import { expect, test } from "vitest";
import { startTestServer } from "../support/server.ts";

test("the quality of sources can be asked over HTTP", async () => {
  const server = await startTestServer();
  const response = await fetch(`${server.httpUrl}/v1/sources`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ sources: [] });
  const refused = await fetch(`${server.httpUrl}/v1/sources`, { method: "POST" });
  expect(refused.status).toBe(405);
});
