/** Outcome of a check; the reason is one sentence for the operator. */
export type HealthState =
  | {
      readonly ok: true;
      /** The server does its work, but something about it wants a look. */
      readonly warning?: string;
    }
  | { readonly ok: false; readonly reason: string };

/** A named condition for serving, e.g. that the disk takes the recording. Checks are cheap and synchronous. */
export interface HealthCheck {
  /** Kebab-case, stable: monitoring matches on it. */
  readonly name: string;
  check(): HealthState;
}

export const HEALTHY: HealthState = { ok: true };

export function unhealthy(reason: string): HealthState {
  return { ok: false, reason };
}

export interface CheckReport {
  readonly name: string;
  readonly ok: boolean;
  readonly reason?: string;
  readonly warning?: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly CheckReport[];
}

/** Runs all checks. One that throws has failed: a server that cannot tell is not ready. */
export function readiness(checks: readonly HealthCheck[]): Readiness {
  const reports = checks.map(report);
  return { ready: reports.every(({ ok }) => ok), checks: reports };
}

function report(check: HealthCheck): CheckReport {
  try {
    const state = check.check();
    if (!state.ok) return { name: check.name, ok: false, reason: state.reason };
    return { name: check.name, ok: true, ...(state.warning === undefined ? {} : { warning: state.warning }) };
  } catch (error) {
    const reason = `The check itself failed: ${error instanceof Error ? error.message : String(error)}.`;
    return { name: check.name, ok: false, reason };
  }
}
