import { readOptions, USAGE } from './options.ts'
import { toJson, writeResults } from './report/results.ts'
import { formatTable } from './report/table.ts'
import { run } from './run.ts'

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

/** Resolves to the exit code: a missed target is a finding, a lost message is a failure. */
async function main(args: string[]): Promise<number> {
  const options = readOptions(args)
  if (options === 'help') {
    console.log(USAGE)
    return 0
  }
  if (process.platform !== 'linux') throw new Error('The benchmark reads /proc: it runs on Linux.')
  const outcome = await run(options)
  const json = toJson(outcome, options)
  const file = await writeResults(json)
  if (options.json) process.stdout.write(json)
  else console.log(`${formatTable(outcome, options)}\nWritten to ${file}`)
  return outcome.checks.every((check) => check.isMet) ? 0 : 1
}
