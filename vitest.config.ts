import { defineConfig } from 'vitest/config'
import { isContinuousIntegration } from './packages/dev-env/src/config.ts'
import { hasRedis } from './packages/dev-env/src/redis.ts'
import { ClosingLineReporter } from './scripts/closing-line-reporter.ts'

/** What people rely on, whether the product is one process or several of each service. */
const ON_BOTH_SHAPES = [
  'activity',
  'authorisation',
  'bad-frames',
  'bad-requests',
  'bots',
  'browser-session',
  'contract',
  'contract-frames',
  'conversation',
  'digest',
  'frame-authorisation',
  'hooks',
  'push',
  'push-sessions',
  'push-to-one-device',
  'webhooks',
]

const EVERYTHING = ['{packages,services,apps,deploy,e2e,scripts}/**/*.test.ts']
const SPLIT = {
  name: 'split',
  include: ON_BOTH_SHAPES.map((name) => `e2e/tests/${name}.test.ts`),
  env: { CHATAPP_TEST_SHAPE: 'split' },
}

export default defineConfig({
  test: {
    // Files that start, once and before the first test, what all tests share.
    globalSetup: ['./packages/dev-env/src/global-setup.ts'],
    reporters: ['default', new ClosingLineReporter()],
    pool: 'forks',
    // Every worker drives a real database: more of them only wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Where many share a machine, what fails is given one more try; the report names it.
    retry: isContinuousIntegration() ? 1 : 0,
    // Of what is waited for: a loaded machine is slow, a broken product never gets there.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      { extends: true, test: { name: 'whole', include: EVERYTHING } },
      ...(hasRedis() ? [{ extends: true as const, test: SPLIT }] : []),
    ],
  },
})
