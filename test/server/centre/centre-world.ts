import type { Incident, IncidentCommand, NewIncident } from "../../../src/api/contract/incidents.ts";
import type { RunningServer } from "../../../src/server/server.ts";

/** An answer of the REST interface. */
export interface Answer<T = Incident> {
  readonly status: number;
  readonly etag: string | null;
  readonly body: T;
}

/** An operator who talks to a server over REST. */
export class Operator {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    server: Pick<RunningServer, "httpUrl">,
    name: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.#base = server.httpUrl;
    this.#headers = { "X-Operator-Name": encodeURIComponent(name), ...headers };
  }

  async get<T = Incident>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer<T>> {
    return answerOf(await fetch(`${this.#base}${path}`, { headers: { ...this.#headers, ...headers } }));
  }

  open(incident: NewIncident): Promise<Answer> {
    return this.post("/v1/incidents", incident);
  }

  /** Carries a command out on what the operator has seen. */
  act(incident: Pick<Incident, "incidentId" | "revision">, command: IncidentCommand): Promise<Answer> {
    const path = `/v1/incidents/${incident.incidentId}/commands`;
    return this.post(path, command, { "If-Match": `"${incident.revision}"` });
  }

  async post<T = Incident>(
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> {
    const all = { ...this.#headers, "Content-Type": "application/json", ...headers };
    return answerOf(
      await fetch(`${this.#base}${path}`, { method: "POST", headers: all, body: JSON.stringify(body) }),
    );
  }
}

async function answerOf<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const body = (text === "" ? undefined : JSON.parse(text)) as T;
  return { status: response.status, etag: response.headers.get("ETag"), body };
}

export const KAISERBERG = { latitudeDeg: 51.4386, longitudeDeg: 6.8037, text: "A40 → Venlo, km 12.3" };
