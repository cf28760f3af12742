import { setTimeout as sleep } from 'node:timers/promises'
import type { Finding, Findings } from '../findings.ts'
import type { Sql } from '../product/database.ts'
import { ask } from './asker.ts'
import type { SearchStage } from './search-stage.ts'

const LOOK_EVERY_MS = 1_000

/** Waits until the index has taken in what was stored, and tells how fast and how large it got. */
export async function awaitIndex(stage: SearchStage): Promise<Findings> {
  const { bench, sql, answerer, town } = stage
  const start = performance.now()
  // An engine begins with nothing.
  const isThere = town.isKept && answerer.name === 'postgres'
  while (await isBuilding(stage)) {
    const seconds = Math.round((performance.now() - start) / 1000)
    bench.progress.say(`Search: the index is being built, for ${seconds} s`)
    await sleep(LOOK_EVERY_MS)
  }
  const seconds = (performance.now() - start) / 1000
  while (!(await isWhole(sql))) {
    bench.progress.say('Search: the index that answers when the engine can’t is being built')
    await sleep(LOOK_EVERY_MS)
  }
  bench.progress.say('Search: bringing statistics up to date')
  await sql`vacuum analyze messages.search_documents`
  const figure = (what: string, value: number, unit: string): Finding => ({
    part: answerer.part,
    ...{ what, value, unit },
  })
  const { messages } = bench.options
  return {
    findings: [
      ...(isThere ? [] : [figure('messages taken in by a new index', messages / seconds, '/s')]),
      figure('size of the index, for each message', (await answerer.bytes()) / messages, 'bytes'),
    ],
    checks: [],
    remarks: isThere
      ? [`${answerer.part}: the index, or a part of it, was there from an earlier run.`]
      : [],
  }
}

/** PostgreSQL has one beside every engine; building it is work that is there once. */
async function isWhole(sql: Sql): Promise<boolean> {
  const [build] = await sql<{ isDone: boolean }[]>`
    select is_done as "isDone" from messages.search_builds order by tokens_version desc limit 1`
  return build?.isDone ?? false
}

const isBuilding = async ({ caller, people }: SearchStage) =>
  (await ask(caller, people.hub, { q: 'anything' })).degraded
