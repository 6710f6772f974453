// Lets Node run the TypeScript of bench/ and src/ as it stands: `node --import ./bench/support/run-typescript.mjs x.ts`.
// Node 20 strips no types itself; the sources hold nothing but erasable types, so the code that runs is that of dist/.
import { register } from "node:module";

register("./typescript-loader.mjs", import.meta.url);
