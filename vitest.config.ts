import { defineConfig } from 'vitest/config'
import { ClosingLineReporter } from './scripts/closing-line-reporter.ts'

export default defineConfig({
  test: {
    include: ['{packages,services,apps,deploy,e2e,scripts}/**/*.test.ts'],
    // Files that start, once and before the first test, what all tests share.
    globalSetup: ['./packages/dev-env/src/global-setup.ts'],
    reporters: ['default', new ClosingLineReporter()],
    pool: 'forks',
    // Every worker drives a real database: more of them only wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Of what is waited for: a loaded machine is slow, a broken product never gets there.
    expect: { poll: { timeout: 20_000 } },
  },
})
