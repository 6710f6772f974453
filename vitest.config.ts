import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/property-seed.ts"],
    // Two files at once even on two cores: much of their time is waiting (838 s in turn, 522 s so).
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // End-to-end tests start real processes; two cores are shared by all files.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // What is awaited comes late on a busy machine; a wait ends as soon as it is there.
    expect: { poll: { timeout: 10_000 } },
  },
});
