import { settle } from './settle.ts'

/** What keeps a process alive and is ours to close; others belong to the test runner. */
const OURS = ['TCPSocketWrap', 'TCPServerWrap', 'PipeWrap', 'PipeConnectWrap', 'TCPConnectWrap']

/** Counts what is open now; the check fails by name when more is open later. */
export function watchForLeaks(): (withinMs?: number) => Promise<void> {
  const before = countOpen()
  return async (withinMs = 3_000) => {
    const leaked = () => {
      const now = countOpen()
      return OURS.filter((kind) => (now.get(kind) ?? 0) > (before.get(kind) ?? 0))
    }
    const isClean = () => leaked().length === 0
    await settle('everything that was opened is closed', isClean, withinMs).catch(() => {
      throw new Error(`left open: ${leaked().join(', ')}`)
    })
  }
}

function countOpen(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}
