import { configDefaults, defineConfig } from 'vitest/config';
export default defineConfig({
  // those are a command of their own, test:real
  test: { include: ['test/**/*.test.ts'], exclude: [...configDefaults.exclude, 'test/real/**'], testTimeout: 300_000, hookTimeout: 300_000 },
});
