import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { fileOf, type Line, RECORDINGS } from '../recording/recording.ts'
import { type Code, readCode } from './code.ts'
import { record } from './record.ts'

const USAGE = `Usage: npm run record:wire -- [folder]

Plays a scene with the product and writes down everything that clients, gateways and services say
to each other, for the tests of the next version. By default with the code here; a folder is that
of another version, with its dependencies. Recordings of all but the last two versions go.`

const HERE = new URL('../../../', import.meta.url).pathname
const KEPT = 2

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  })
  if (values.help) return console.log(USAGE)
  const code = await readCode(positionals[0] ?? HERE)
  console.log(`Recording version ${code.version} of the wire`)
  const { steps } = await record(code)
  await keep(code, steps)
  await forgetOlder()
  console.log(`${steps.length} steps are in ${fileOf(code.version).pathname}`)
}

async function keep({ version, hash, taken }: Code, steps: Line[]): Promise<void> {
  const lines: Line[] = [{ version, hash }, ...taken, ...steps]
  await mkdir(RECORDINGS, { recursive: true })
  await writeFile(fileOf(version), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

async function forgetOlder(): Promise<void> {
  const versions = (await readdir(RECORDINGS))
    .map((name) => Number(/^wire-(\d+)\.jsonl$/.exec(name)?.[1]))
    .sort((a, b) => b - a)
  for (const version of versions.slice(KEPT)) await rm(fileOf(version))
}
