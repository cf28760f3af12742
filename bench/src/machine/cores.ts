import { execFileSync } from 'node:child_process'

/** Which core does what; undefined where nothing could be pinned. */
export interface Cores {
  server: number | undefined
  load: number | undefined
  all: string
  sentence: string
}

/** The first core is for the server, the second for this process, which moves there at once. */
export function takeCores(): Cores {
  const all = allowedCores()
  if (all === undefined) return unpinned('', 'taskset is missing: server and load share all cores')
  const [server, load] = all.numbers
  if (server === undefined || load === undefined)
    return unpinned(all.list, 'there is one core only: server and load share it')
  execFileSync('taskset', ['-acp', String(load), String(process.pid)], { stdio: 'ignore' })
  const sentence = `server and PostgreSQL on core ${server}, load on core ${load}`
  return { server, load, all: all.list, sentence }
}

const unpinned = (all: string, sentence: string): Cores => ({
  server: undefined,
  load: undefined,
  all,
  sentence,
})

function allowedCores(): { list: string; numbers: number[] } | undefined {
  try {
    const answer = execFileSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' })
    const list = answer.slice(answer.lastIndexOf(':') + 1).trim()
    return { list, numbers: list.split(',').flatMap(toRange) }
  } catch {
    return undefined
  }
}

function toRange(text: string): number[] {
  const [first = 0, last = first] = text.split('-').map(Number)
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
