import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/support/property-seed.ts"],
    // End-to-end tests start real processes; two cores are shared by all files.
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
