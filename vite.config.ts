import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The console: one page, hashed assets. Nothing stands inline, so that a strict content security policy holds. */
export default defineConfig({
  root: at("src/console"),
  base: "/",
  publicDir: false,
  cacheDir: at("node_modules/.cache/roadpulse/vite"),
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: at("dist/console"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: "licences.md" },
  },
});
