import { parseArgs } from 'node:util'
import { isReached } from '../findings.ts'
import { formatFindings } from './report.ts'
import { run } from './run.ts'

const USAGE = `Usage: npm run bench:web -- [options]

  --only first-load,flood,scrolling,typing   only these parts
  --seconds N                                receive and scroll for N seconds (default 10)
  --json                                     print the findings as JSON
  --profile                                  write a CPU profile of the page's flood to bench/results
  --strict                                   exit with 1 when something is too slow`

const parts = ['first-load', 'flood', 'scrolling', 'typing']

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

/** Resolves to the exit code: being slow is a finding, what does not work throws. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: parts.join() },
      seconds: { type: 'string', default: '10' },
      json: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  const only = new Set(values.only.split(','))
  const foreign = [...only].find((part) => !parts.includes(part))
  if (foreign) throw new Error(`--only knows ${parts.join(', ')}, and no "${foreign}"`)
  const seconds = Number(values.seconds)
  if (!(seconds >= 1 && seconds <= 60)) throw new Error('--seconds must be from 1 to 60')
  const findings = await run({ only, seconds, profile: values.profile })
  console.log(values.json ? JSON.stringify(findings, undefined, 2) : formatFindings(findings))
  return values.strict && findings.some((finding) => isReached(finding) === false) ? 1 : 0
}
