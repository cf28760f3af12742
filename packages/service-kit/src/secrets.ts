import { chmod, link, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createId } from './ids.ts'

export function findSecret(directory: string, name: string): Promise<string | undefined> {
  return readIfThere(join(directory, 'secrets', name))
}

/** Reads a secret of this installation, or makes and keeps it (mode 0600) at the first start. */
export async function keepSecret(
  directory: string,
  name: string,
  generate: () => string | Promise<string>,
): Promise<string> {
  const folder = join(directory, 'secrets')
  const file = join(folder, name)
  const kept = await readIfThere(file)
  if (kept !== undefined) return kept
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${createId()}`
  await writeFile(draft, await generate(), { mode: 0o600, flush: true })
  await chmod(draft, 0o600)
  // link() fails when the name is taken: of two first starts one wins, and both read the winner's.
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft)
  await flushFolder(folder)
  return readFile(file, 'utf8')
}

/** The name in the folder is written by itself: without it the file is lost with the power. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
