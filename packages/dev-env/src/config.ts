import type { TestServer } from './test-server.ts'

const VARIABLE = 'CHATAPP_TEST_SERVER'

/** Workers inherit the environment of the process that runs the global setup. */
export function shareTestServer({ superuser, byRole }: TestServer): void {
  process.env[VARIABLE] = JSON.stringify({ superuser, byRole })
}

export function sharedTestServer(): TestServer {
  const text = process.env[VARIABLE]
  if (!text) throw new Error('The global setup of the tests has not run: start them with npm test.')
  return JSON.parse(text)
}

/** What a child process inherits: nothing that would configure ChatApp. */
export function plainEnvironment(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, LANG } = process.env
  return { PATH, HOME, TMPDIR, LANG }
}

/** Where what is needed for a test must be there. */
export const isContinuousIntegration = () => process.env.CI === 'true'

export type Shape = 'whole' | 'split'

/** Which form of the product `startProduct` starts: one process, or services side by side. */
export function testShape(): Shape {
  return process.env.CHATAPP_TEST_SHAPE === 'split' ? 'split' : 'whole'
}
