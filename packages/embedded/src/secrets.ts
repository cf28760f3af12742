import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Secrets {
  superuser: string
  roles: Record<string, string>
}

/** Passwords are made once and kept, so that an orphaned server can be taken over. */
export async function loadSecrets(folder: string, roles: string[]): Promise<Secrets> {
  const path = join(folder, 'postgres.json')
  const known = parse(await readFile(path, 'utf8').catch(ignoreMissing))
  const secrets: Secrets = { superuser: known?.superuser ?? password(), roles: { ...known?.roles } }
  for (const role of roles) secrets.roles[role] ??= password()
  if (JSON.stringify(secrets) !== JSON.stringify(known)) await save(folder, path, secrets)
  return secrets
}

const password = (): string => randomBytes(24).toString('base64url')

function ignoreMissing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}

/** A file that cannot be read is as good as lost: new passwords are set at this start. */
function parse(text: string): Secrets | undefined {
  try {
    const { superuser, roles } = JSON.parse(text)
    return typeof superuser === 'string' && typeof roles === 'object'
      ? { superuser, roles }
      : undefined
  } catch {
    return undefined
  }
}

async function save(folder: string, path: string, secrets: Secrets): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  await writeFile(`${path}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
}
