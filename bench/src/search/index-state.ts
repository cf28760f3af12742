import { setTimeout as sleep } from 'node:timers/promises'
import type { Findings } from '../findings.ts'
import { ask } from './asker.ts'
import type { SearchStage } from './search-stage.ts'

const LOOK_EVERY_MS = 1_000

/** Waits until the index has taken in what was stored, and tells how fast and how large it got. */
export async function awaitIndex({ caller, people, bench, sql }: SearchStage): Promise<Findings> {
  const { progress, options } = bench
  const start = performance.now()
  while ((await ask(caller, people.hub, { q: 'anything' })).degraded) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from messages.search_documents`
    progress.say(`Search: ${row?.count.toLocaleString('en')} messages are indexed`)
    await sleep(LOOK_EVERY_MS)
  }
  const seconds = (performance.now() - start) / 1000
  progress.say('Search: bringing statistics up to date')
  await sql`vacuum analyze messages.search_documents`
  const [size] = await sql<{ bytes: number }[]>`
    select pg_total_relation_size('messages.search_documents')::float8 as bytes`
  const figure = (what: string, value: number, unit: string) => ({
    part: 'search',
    what,
    value,
    unit,
  })
  return {
    findings: [
      figure('messages taken in by a new index', options.messages / seconds, '/s'),
      figure('size of the index, for each message', (size?.bytes ?? 0) / options.messages, 'bytes'),
    ],
    checks: [],
    remarks: [],
  }
}
