import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Site } from './site.ts'
import type { Command } from './user.ts'

/** Nothing of ChatApp's own environment: PGDATA, PGPORT and LANG would change what PostgreSQL does. */
export function environment({ folders, binaries }: Site): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
    LC_ALL: 'C',
    LD_LIBRARY_PATH: `${folders.libraries}:${join(binaries.native, 'lib')}`,
  }
}

/** Runs a command to its end; resolves to its exit code and everything it wrote. */
export async function run(
  { file, args, ...user }: Command,
  site: Site,
  input = '',
): Promise<{ code: number | null; output: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  // The server's user may not be able to enter the directory ChatApp was started in.
  const options = {
    ...user,
    cwd: '/',
    env: environment(site),
    ...(site.signal ? { signal: site.signal } : {}),
  }
  const child = spawn(file, args, options)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  child.once('error', reject).once('close', resolve)
  // A command that ended early closes its input; its exit code tells what happened.
  child.stdin.on('error', () => undefined).end(input)
  return { code: await promise, output }
}
