import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["codex-responses-source"] },
  ssr: { resolve: { conditions: ["codex-responses-source"] } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    globalSetup: ["test/contract/prepare.ts"],
    setupFiles: ["test/contract/setup.ts"],
    restoreMocks: true,
  },
});
