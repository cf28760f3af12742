import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { hasRedis, settle } from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const READY_WITHIN_MS = 90_000

/** As `npm run cluster` does, without npm between us and the signals. */
function runCluster(...args: string[]) {
  const child = spawn(process.execPath, ['packages/dev-env/src/run-cluster.ts', ...args], {
    cwd: ROOT,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  return { child, exit: once(child, 'close'), output: () => output }
}

test.skipIf(!hasRedis())(
  'the cluster command serves, puts others in the places of those who were killed, and leaves nothing behind',
  async () => {
    const { child, exit, output } = runCluster('--gateways', '2', '--services', '1')
    try {
      const [, url = ''] = await settle(
        'the cluster is ready',
        () => /ChatApp is ready at (http:\S+)/.exec(output()),
        READY_WITHIN_MS,
      )
      const pids = [...output().matchAll(/^ {2}(\w+) .* process (\d+)$/gm)].map(
        ([, part, pid]) => ({
          part,
          pid: Number(pid),
        }),
      )
      expect(pids.map(({ part }) => part)).toEqual([
        ...['gateway', 'gateway', 'users', 'messages', 'notifications', 'Redis', 'PostgreSQL'],
      ])
      await using alice = createClient({ url })
      await alice.users.register({ username: 'alice', password: 'a pass phrase for tests' })
      const gone = pids.filter(({ part }, i) => i === 0 || /^[RP]/.test(part ?? ''))
      for (const { pid } of gone) process.kill(pid, 'SIGKILL')
      const others = () =>
        [...output().matchAll(/is process (\d+) now/g)].map(([, pid]) => Number(pid))
      await settle('others take their places', () => others().length === 3, READY_WITHIN_MS)
      const isAnswered = () =>
        alice.users.me().then(
          ({ username }) => username,
          () => undefined,
        )
      for (let i = 0; i < 4; i++)
        await settle(
          'she is answered',
          async () => (await isAnswered()) === 'alice',
          READY_WITHIN_MS,
        )
      child.kill('SIGINT')
      expect(await exit).toEqual([0, null])
      expect([...pids.map(({ pid }) => pid), ...others()].filter(isRunning)).toEqual([])
    } finally {
      child.kill('SIGKILL')
    }
  },
  300_000,
)

test('the cluster command says what is wrong with its options', async () => {
  const { exit, output } = runCluster('--gateways', 'many')
  expect(await exit).toEqual([1, null])
  expect(output()).toBe('--gateways must be a whole number from 1 to 16\n')
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
