import { statfsSync } from 'node:fs'

/** Says in one sentence what is wrong and what the person who started ChatApp can do about it. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError'
}

/** Turns an error of the file system into a sentence; everything else is passed on as it is. */
export function explain(error: unknown, directory: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const sentence = typeof code === 'string' ? SENTENCES[code] : undefined
  if (!sentence || error instanceof EmbeddedPostgresError) return error
  return new EmbeddedPostgresError(sentence(directory, pathOf(error)), { cause: error })
}

/** The sentence for what PostgreSQL itself wrote before it gave up. */
export function explainOutput(
  output: string,
  directory: string,
  what: string,
): EmbeddedPostgresError {
  if (
    /No space left|Check free disk space|Disk quota exceeded/i.test(output) ||
    isFull(directory)
  ) {
    return new EmbeddedPostgresError(diskFull(directory))
  }
  if (output.includes('could not look up effective user ID')) {
    return new EmbeddedPostgresError(NAMELESS)
  }
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const reason = lines.findLast((line) => /FATAL|PANIC|error:|ERROR/.test(line)) ?? lines.at(-1)
  return new EmbeddedPostgresError(`${what}: ${reason ?? 'it said nothing'}`)
}

/** PostgreSQL's last words on a full disk are about the damage, not about the disk. */
function isFull(directory: string): boolean {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize < 16 * 1024 * 1024
}

type Sentence = (directory: string, path?: string) => string

const notWritable: Sentence = (directory, path = directory) =>
  `ChatApp may not write to ${path}; give its user that path or set CHATAPP_DATA_DIR to another directory.`
const isFile: Sentence = (directory, path = directory) =>
  `${path} is in the way of a directory; remove it or set CHATAPP_DATA_DIR to another directory.`
const diskFull: Sentence = (directory) =>
  `The disk that holds ${directory} is full; free some space and start ChatApp again.`

const NAMELESS =
  'PostgreSQL needs a user that has a name in /etc/passwd; start ChatApp as such a user or set DATABASE_URL.'

const SENTENCES: Record<string, Sentence> = {
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
  ENOTDIR: isFile,
  EEXIST: isFile,
  ENOSPC: diskFull,
  EDQUOT: diskFull,
}

function pathOf(error: unknown): string | undefined {
  const path = error instanceof Error && 'path' in error ? error.path : undefined
  return typeof path === 'string' ? path : undefined
}
