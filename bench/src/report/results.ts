import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isReached } from '../findings.ts'
import type { Options } from '../options.ts'
import type { Outcome } from '../run.ts'

const FOLDER = fileURLToPath(new URL('../../results', import.meta.url))

/** For machines: comparing runs, drawing curves. */
export function toJson(outcome: Outcome, options: Options): string {
  const { findings, ...rest } = outcome
  const results = {
    at: new Date().toISOString(),
    node: process.version,
    machine: { processor: cpus()[0]?.model, cores: cpus().length, memoryBytes: totalmem() },
    options: { ...options, only: [...options.only] },
    ...rest,
    findings: findings.map((finding) => ({ ...finding, isReached: isReached(finding) })),
  }
  return `${JSON.stringify(results, undefined, 2)}\n`
}

/** Resolves to where it was written. */
export async function writeResults(json: string): Promise<string> {
  const name = new Date().toISOString().replaceAll(':', '-').slice(0, 19)
  const file = join(FOLDER, `${name}.json`)
  await mkdir(FOLDER, { recursive: true })
  await writeFile(file, json)
  return file
}
