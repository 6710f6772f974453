import { isLoopback, originsOf } from "../../config/rules.ts";
import type { Config } from "../../config/schema.ts";

/**
 * Whether a server is meant by a name. Where everybody on this machine may do everything, only names of this machine
 * are: a page of `http://evil.example:8080` whose name an attacker lets point to 127.0.0.1 (DNS rebinding) would be a
 * page of this server otherwise. Names of `access.allowedOrigins` are this server's, too: a proxy may pass them on.
 */
export function hostCheck(config: Config, isOpen: boolean): (host: string | undefined) => boolean {
  if (!isOpen || !isLoopback(config.listen.host)) return () => true;
  const listed = new Set(originsOf(config.access.allowedOrigins).map((origin) => new URL(origin).host));
  return (host) => host === undefined || listed.has(host) || isLoopback(nameOf(host));
}

/** A host without its port. */
function nameOf(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
}
