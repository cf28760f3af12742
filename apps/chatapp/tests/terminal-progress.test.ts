import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const MODULE = new URL('../src/seed/terminal-progress.ts', import.meta.url).href
/** A bar is drawn now and then: it ends once it was seen. */
const PROGRAM = `
  import { showProgress } from '${MODULE}'
  const write = process.stderr.write.bind(process.stderr)
  const drawn = new Promise((resolve) => {
    process.stderr.write = (text, ...more) => {
      if (String(text).includes('Indexing …')) resolve()
      return write(text, ...more)
    }
  })
  const bar = showProgress('Indexing …', 100)
  for (let i = 0; i < 10; i++) bar.advance(10)
  await drawn
  bar.done('3 messages are in the new index.')`
const WITHIN_MS = 60_000

const command = ['--input-type=module', '--eval', PROGRAM]

test.skipIf(process.platform !== 'linux')(
  'on a terminal there is a bar, and at its end what was done',
  {
    timeout: WITHIN_MS,
  },
  async () => {
    const quoted = [process.execPath, ...command].map(
      (word) => `'${word.replaceAll("'", `'\\''`)}'`,
    )
    const drawing = `stty cols 80 && ${quoted.join(' ')}`
    const { stdout } = await run('script', ['-qec', drawing, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm', CI: '' },
    })
    expect(stdout).toMatch(/━+.*Indexing …/)
    expect(stdout).toContain('3 messages are in the new index.')
    expect(stdout).not.toContain('%')
  },
)

test('in a log there is a line for every tenth', { timeout: WITHIN_MS }, async () => {
  const { stderr } = await run(process.execPath, command)
  const tenths = Array.from({ length: 10 }, (_, i) => `Indexing … ${10 * (i + 1)} %`)
  expect(stderr.trim().split('\n')).toEqual([...tenths, '3 messages are in the new index.'])
})
