import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { EmbeddedPostgresError } from './error.ts'

/** Who owns the files of the database and runs its server; PostgreSQL refuses to be root. */
export interface ServerUser {
  uid: number
  gid: number
}

export interface Command {
  file: string
  args: string[]
  uid?: number
  gid?: number
}

/** Puts a command of PostgreSQL into the form that runs as the server's user. */
export type RunAs = (file: string, args: string[]) => Command

const NOBODY: ServerUser = { uid: 65534, gid: 65534 }

/** Undefined when ChatApp is not root: then the server is the same user as ChatApp. */
export function chooseServerUser(data: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(data, { throwIfNoEntry: false })
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : NOBODY
}

export function chooseRunAs(
  user: ServerUser | undefined,
  { executable, folders }: { executable: string; folders: string[] },
): RunAs {
  if (!user) return (file, args) => ({ file, args })
  const closed = [dirname(executable), ...folders].find((folder) => !canEnter(user, folder))
  const mayExecute = hasRight(user, realpathSync(executable), 0o5)
  if (closed === undefined && mayExecute) return (file, args) => ({ file, args, ...user })
  return throughClosedFolders(user, { closed: closed ?? executable, mayExecute })
}

/**
 * A checkout in /root, say, is out of reach for any other user. Instead of copying the binaries
 * and the database somewhere else, the server keeps the one capability that lets it pass: to
 * search and read everywhere, or (weaker containers, installations without x for others) to override.
 */
function throughClosedFolders(
  user: ServerUser,
  { closed, mayExecute }: { closed: string; mayExecute: boolean },
): RunAs {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv', '/usr/sbin/setpriv'].find(existsSync)
  const right = [mayExecute && 'dac_read_search', 'dac_override'].find(
    (name) => name && isPermitted(name),
  )
  if (!setpriv || !right || !isPermitted('setpcap')) {
    throw new EmbeddedPostgresError(
      `PostgreSQL does not run as root and no other user can reach ${closed}; start ChatApp as an ordinary user, move it out of that directory or set DATABASE_URL.`,
    )
  }
  const only = `-all,+${right}`
  const options = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    `--inh-caps=${only}`,
    `--ambient-caps=${only}`,
    // Without it access(2), by which PostgreSQL looks for its own files, ignores capabilities.
    '--securebits=+no_setuid_fixup',
    '--no-new-privs',
  ]
  return (file, args) => ({ file: setpriv, args: [...options, '--', file, ...args] })
}

export function canEnter(user: ServerUser, folder: string): boolean {
  for (let path = realpathSync(folder); ; path = dirname(path)) {
    if (!hasRight(user, path, 0o1)) return false
    if (path === dirname(path)) return true
  }
}

function hasRight(user: ServerUser, path: string, right: number): boolean {
  const { uid, gid, mode } = statSync(path)
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
  return ((mode >> shift) & right) === right
}

const CAPABILITY_BITS: Record<string, bigint> = {
  dac_override: 1n,
  dac_read_search: 2n,
  setpcap: 8n,
}

function isPermitted(name: string): boolean {
  if (!existsSync('/proc/self/status')) return false
  const permitted = /^CapPrm:\s*(\w+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  return ((BigInt(`0x${permitted}`) >> (CAPABILITY_BITS[name] ?? 64n)) & 1n) === 1n
}
