import { SCOPES, type Scope } from "../domain/access.ts";
import { AGENCIES, type Agency } from "../domain/agency.ts";

/** What somebody's roles permit. */
export interface RoleRights {
  readonly scopes: ReadonlySet<Scope>;
  readonly agency: Agency;
}

/** A role of this kind says whose view somebody has: `agency:police`. */
const AGENCY_PREFIX = "agency:";

/**
 * What roles permit, from a text such as `viewer=subscribe operator=subscribe,operate`. Besides those that it names there is
 * `agency:<name>` for every agency; without one somebody belongs to the centre.
 */
export class RoleTable {
  readonly #scopes = new Map<string, readonly Scope[]>();

  /** @throws Error, one clause */
  constructor(text: string) {
    for (const entry of text.split(" ").filter((word) => word !== "")) {
      const [, name = "", list = ""] = /^([a-z][a-z0-9-]{0,31})=([a-z,]*)$/.exec(entry) ?? [];
      if (name === "") throw new Error(`${entry} is no role; write name=scope,scope`);
      this.#scopes.set(name, scopesOf(list, entry));
    }
  }

  get names(): readonly string[] {
    return [...this.#scopes.keys(), ...AGENCIES.map((agency) => `${AGENCY_PREFIX}${agency}`)];
  }

  knows(role: string): boolean {
    return this.names.includes(role);
  }

  /** @throws Error, one clause, where a role is unknown or roles contradict each other */
  rightsOf(roles: readonly string[]): RoleRights {
    const unknown = roles.find((role) => !this.knows(role));
    if (unknown !== undefined) throw new Error(`${unknown} is no role; there are ${this.names.join(", ")}`);
    const agencies = [...new Set(roles.flatMap((role) => agencyOf(role) ?? []))];
    if (agencies.length > 1) throw new Error(`nobody belongs to two agencies (${agencies.join(", ")})`);
    const scopes = new Set(roles.flatMap((role) => this.#scopes.get(role) ?? []));
    return { scopes, agency: agencies[0] ?? "centre" };
  }
}

function scopesOf(list: string, entry: string): readonly Scope[] {
  return list
    .split(",")
    .filter((word) => word !== "")
    .map((word) => {
      const scope = SCOPES.find((known) => known === word);
      if (scope === undefined) throw new Error(`${entry} names ${word}, which is no scope`);
      return scope;
    });
}

function agencyOf(role: string): Agency | undefined {
  return AGENCIES.find((agency) => role === `${AGENCY_PREFIX}${agency}`);
}
