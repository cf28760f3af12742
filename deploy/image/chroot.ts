import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { npmCache } from './config.ts'

/** Of the machine: a Debian with npm, as the base image is one. */
const BASE_FOLDERS = ['/usr', '/dev', '/proc']
const BASE_LINKS = ['/bin', '/lib', '/lib64', '/sbin']
/** Here comes the pinned Node.js, as it is in the base image. */
const NODE_FOLDER = '/opt/node/bin'

export const BASE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export interface ChrootOptions {
  env: Record<string, string>
  workdir: string
  /** Without it: root, as in a build. */
  user?: string
  /** Nothing but these folders and /tmp can be written; by the path inside. */
  volumes?: Record<string, string>
}

/** What a build may change of it. */
export const BASE_COPY = '/etc'

/** Why images can't be tried on this machine; undefined when they can. */
export function whyNoChroot(): string | undefined {
  if (process.platform !== 'linux') return 'images are tried on Linux'
  if (process.getuid?.() !== 0) return 'trying an image takes root, for its mounts'
  const probe = ['--mount', 'sh', '-c', 'mount -t tmpfs none /mnt && test -x /usr/bin/npm']
  const { status } = spawnSync('unshare', probe)
  return status === 0 ? undefined : 'mounts are not allowed here, or npm is not in /usr/bin'
}

/** The command line that runs a command in a folder as if that were a container's file system. */
export function chrootCommand(root: string, command: string[], options: ChrootOptions): string[] {
  const { env, workdir, user, volumes } = options
  const mounts = [
    `mount --bind ${root} ${root}`,
    ...BASE_FOLDERS.flatMap((folder) => mount(folder, join(root, folder))),
    ...BASE_LINKS.map((link) => `[ ! -L ${link} ] || cp --no-dereference ${link} ${root}${link}`),
    ...mount(dirname(process.execPath), join(root, NODE_FOLDER)),
    `mkdir -p ${root}/tmp`,
    ...(volumes ? sealed(root, volumes) : mount(npmCache(), join(root, npmCache()))),
  ]
  const variables = Object.entries({ ...env, PATH: `${NODE_FOLDER}:${env.PATH ?? BASE_PATH}` })
  const inside = [
    ...(user ? ['setpriv', '--no-new-privs'] : []),
    'chroot',
    ...(user ? [`--userspec=${user}`, '--groups='] : []),
    root,
    ...['env', '-i', `--chdir=${workdir}`],
    ...variables.map(([name, value]) => `${name}=${value}`),
  ]
  const script = `set -e\n${mounts.join('\n')}\nexec "$@"`
  return ['unshare', '--mount', 'sh', '-c', script, 'sh', ...inside, ...command]
}

const mount = (from: string, to: string) => [`mkdir -p ${to}`, `mount --rbind ${from} ${to}`]

function sealed(root: string, volumes: Record<string, string>): string[] {
  return [
    ...Object.entries(volumes).flatMap(([inside, folder]) => mount(folder, join(root, inside))),
    `mount -t tmpfs -o mode=1777 none ${root}/tmp`,
    `mount -o remount,bind,ro ${root}`,
  ]
}
