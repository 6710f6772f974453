import { readFileSync } from "node:fs";

const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** Version of this build, as in package.json. */
export const version: string = (manifest as { readonly version: string }).version;
