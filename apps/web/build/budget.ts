import { readFile, stat } from 'node:fs/promises'
import { FIRST_SCREEN } from './first-screen.ts'

/** JavaScript of the signed-in shell's first load, compressed. */
const BUDGET_BYTES = 200 * 1024

interface Chunk {
  file: string
  imports?: string[]
}

/** @throws when more than the budget would be loaded */
export async function checkBudget(dist: string): Promise<string> {
  const manifest = JSON.parse(await readFile(`${dist}manifest.json`, 'utf8')) as Record<
    string,
    Chunk
  >
  const files = new Set<string>()
  for (const entry of ['index.html', ...FIRST_SCREEN]) {
    if (!manifest[entry]) throw new Error(`${entry} is no entry of the build any more`)
    collect(manifest, entry, files)
  }
  const scripts = [...files].filter((file) => file.endsWith('.js'))
  const sizes = await Promise.all(scripts.map(async (f) => (await stat(`${dist}${f}.br`)).size))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const text = `${Math.ceil(total / 1024)} of ${BUDGET_BYTES / 1024} KB of JavaScript`
  if (total > BUDGET_BYTES) throw new Error(`The first load is too large: ${text}`)
  return text
}

function collect(manifest: Record<string, Chunk>, name: string, files: Set<string>): void {
  const chunk = manifest[name]
  if (!chunk || files.has(chunk.file)) return
  files.add(chunk.file)
  for (const imported of chunk.imports ?? []) collect(manifest, imported, files)
}
