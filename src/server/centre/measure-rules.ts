import { readFileSync } from "node:fs";
import type { AuditLog } from "../../access/audit-log.ts";
import { fileVersion } from "../../access/file-version.ts";
import { DEFAULT_RULES, type RuleLanguage } from "../../measure/default-rules.ts";
import { MeasureRuleError, readMeasureRules } from "../../measure/read-rules.ts";
import type { MeasureRule } from "../../measure/rule.ts";
import { HEALTHY, type HealthState } from "../../ops/health.ts";
import type { Logger } from "../../ops/logging.ts";

/** The rule set in force. */
export interface MeasureRules {
  /** As it stands in the file. */
  readonly source: string;
  readonly rules: readonly MeasureRule[];
}

/**
 * The rules of the centre, or those that come with Roadpulse. A changed file is taken over while the server runs; one that
 * cannot be used changes nothing, and health and log say so until it can.
 */
export class MeasureRuleBook implements MeasureRules {
  readonly #path: string | undefined;
  readonly #logger: Logger;
  readonly #audit: AuditLog | undefined;
  #inForce: MeasureRules;
  #version: string | undefined;
  #problem: string | undefined;

  /** @throws MeasureRuleError in one sentence that names the file, the line and the rule */
  constructor(path: string | undefined, language: RuleLanguage, logger: Logger, audit?: AuditLog) {
    this.#path = path;
    this.#logger = logger;
    this.#audit = audit;
    if (path === undefined) {
      const source = DEFAULT_RULES[language];
      this.#inForce = { source, rules: readMeasureRules(source, "the default rules") };
    } else {
      this.#version = versionOf(path);
      this.#inForce = readFrom(path);
    }
  }

  get source(): string {
    return this.#inForce.source;
  }

  get rules(): readonly MeasureRule[] {
    return this.#inForce.rules;
  }

  /** Takes over the file where it has changed since the last look. */
  look(): void {
    if (this.#path === undefined) return;
    const version = versionOf(this.#path);
    if (version === this.#version) return;
    this.#version = version;
    try {
      this.#inForce = readFrom(this.#path);
      this.#problem = undefined;
      this.#audit?.note({ outcome: "allowed", act: "change rules for measures", address: this.#path });
      this.#logger.info(
        { file: this.#path, rules: this.rules.length },
        "the rules for measures were read again",
      );
    } catch (error) {
      if (!(error instanceof MeasureRuleError)) throw error;
      this.#problem = error.message;
      this.#logger.warn(
        { error: error.message },
        "the changed rules for measures cannot be used; those before hold",
      );
    }
  }

  health(): HealthState {
    if (this.#problem === undefined) return HEALTHY;
    return { ok: true, warning: `${this.#problem} The rules read before hold.` };
  }
}

/** Undefined while the file is not there: whoever replaces it may take it away first. */
function versionOf(path: string): string | undefined {
  try {
    return fileVersion(path);
  } catch {
    return undefined;
  }
}

function readFrom(path: string): MeasureRules {
  let source: string;
  try {
    source = readFileSync(path, "utf8");
  } catch (error) {
    throw new MeasureRuleError(`centre.measures: ${path} cannot be read: ${(error as Error).message}.`);
  }
  return { source, rules: readMeasureRules(source, path) };
}
