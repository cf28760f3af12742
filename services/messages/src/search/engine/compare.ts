import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { EngineIndexRow, MessageRow } from '../../db/schema.ts'
import { ENGINE } from '../../log/outbox.ts'
import { documentsOf } from '../document.ts'
import { BEFORE_ALL, type Mark } from '../log-reader.ts'
import type { Engine } from './engine.ts'
import { FORM, idOf } from './form.ts'
import { beginIndex } from './indexes.ts'
import { store } from './store.ts'

const EVERY = '1 day'
const CONVERSATIONS_A_STEP = 200
const MESSAGES_A_STEP = 500
/** More than this in one night is for a rebuild. */
const MESSAGES_MAX = 200_000
/** Three quarters of the time are for others. */
const REST = 3

interface Compared {
  conversations: number
  mended: number
  /** The engine knows changes that the log does not: the log was restored from a backup. */
  isAhead: boolean
}

/** Once a day one process compares the engine with the log, and mends what differs. */
export async function compareWhenDue(engine: Engine, signal: AbortSignal): Promise<void> {
  const [due] = await engine.sql<EngineIndexRow[]>`
    update messages.engine_indexes set compared_at = now()
    where state = 'serving' and form = ${FORM} and compared_at < now() - ${EVERY}::interval
    returning *`
  if (due) await compare(engine, due.name, signal)
}

async function compare(engine: Engine, index: string, signal: AbortSignal): Promise<Compared> {
  const total: Compared = { conversations: 0, mended: 0, isAhead: false }
  let behind: string | undefined = BEFORE_ALL.conversation_id
  while (behind !== undefined && total.mended < MESSAGES_MAX && !signal.aborted) {
    const startedAt = performance.now()
    const step: Step = await compareStep({ engine, index, signal }, behind)
    total.conversations += step.conversations
    total.mended += step.mended
    total.isAhead ||= step.isAhead
    behind = step.last
    const rest = (performance.now() - startedAt) * REST
    await sleep(rest, undefined, { signal }).catch(() => {})
  }
  engine.meters.drift.inc(total.mended)
  engine.log[total.mended > 0 ? 'warn' : 'info'](
    total,
    'the search engine was compared with the log',
  )
  if (total.isAhead) await beginIndex(engine)
  return total
}

interface Comparing {
  engine: Engine
  index: string
  signal: AbortSignal
}

interface Step extends Compared {
  last: string | undefined
}

interface Sum {
  count: number
  versions: number
}

/** The log first, then what is pending, then the engine: what is on its way does not count as missing. */
async function compareStep(on: Comparing, behind: string): Promise<Step> {
  const { sql } = on.engine
  const log = await sql<(Sum & { id: string })[]>`
    select c.id, count(m.*)::int as count, coalesce(sum(m.version), 0)::float8 as versions
    from (select id from messages.conversations where id > ${behind}::uuid
      order by id limit ${CONVERSATIONS_A_STEP}) c
    left join messages.messages m on m.conversation_id = c.id and m.kind = 'text'
    group by c.id order by c.id`
  const pending = await pendingOf(on)
  const known = await sumsOf(
    on,
    log.map(({ id }) => id),
  )
  const step: Step = { conversations: log.length, mended: 0, isAhead: false, last: undefined }
  for (const { id, count, versions } of log) {
    const sum = known.get(id) ?? { count: 0, versions: 0 }
    if ((sum.count === count && sum.versions === versions) || pending.has(id)) continue
    const { mended, isAhead } = await mendConversation(on, id)
    step.mended += mended
    step.isAhead ||= isAhead || (await hasFewer(on, id, sum.count))
  }
  return log.length === CONVERSATIONS_A_STEP ? { ...step, last: log.at(-1)?.id } : step
}

/** Than the engine has: it knows messages that were never sent, as far as the log goes. */
async function hasFewer({ engine: { sql } }: Comparing, id: string, known: number) {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from messages.messages where conversation_id = ${id} and kind = 'text'`
  return row !== undefined && row.count < known
}

async function pendingOf({ engine: { sql } }: Comparing): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    select distinct unnest(conversation_ids) as id from messages.outbox where consumer = ${ENGINE}`
  return new Set(rows.map(({ id }) => id))
}

const sumsSchema = z.object({
  aggregations: z.object({
    conversations: z.object({
      buckets: z.array(
        z.object({
          key: z.string(),
          doc_count: z.number(),
          versions: z.object({ value: z.number() }),
        }),
      ),
    }),
  }),
})

async function sumsOf({ engine, index }: Comparing, ids: string[]): Promise<Map<string, Sum>> {
  if (ids.length === 0) return new Map()
  await engine.client.indices.refresh({ index })
  const { body } = await engine.client.transport.request({
    method: 'POST',
    path: `/${index}/_search`,
    body: {
      size: 0,
      query: { terms: { conversationId: ids } },
      aggs: {
        conversations: {
          terms: { field: 'conversationId', size: ids.length },
          aggs: { versions: { sum: { field: 'version' } } },
        },
      },
    },
  })
  const { buckets } = sumsSchema.parse(body).aggregations.conversations
  return new Map(
    buckets.map((one) => [one.key, { count: one.doc_count, versions: one.versions.value }]),
  )
}

async function mendConversation(
  on: Comparing,
  id: string,
): Promise<Pick<Compared, 'mended' | 'isAhead'>> {
  const total = { mended: 0, isAhead: false }
  let mark: Mark | undefined = { conversation_id: id, position: 0 }
  while (mark && !on.signal.aborted) {
    const rows: MessageRow[] = await on.engine.sql<MessageRow[]>`
      select * from messages.messages
      where conversation_id = ${id} and position > ${mark.position} and kind = 'text'
      order by position limit ${MESSAGES_A_STEP}`
    const { mended, isAhead } = await mend(on, rows)
    total.mended += mended
    total.isAhead ||= isAhead
    mark = rows.length === MESSAGES_A_STEP ? rows.at(-1) : undefined
  }
  return total
}

const versionsSchema = z.object({
  docs: z.array(z.object({ _id: z.string(), _version: z.number().optional() })),
})

async function mend(
  { engine, index, signal }: Comparing,
  rows: MessageRow[],
): Promise<Pick<Compared, 'mended' | 'isAhead'>> {
  if (rows.length === 0) return { mended: 0, isAhead: false }
  const { body } = await engine.client.mget({
    index,
    body: {
      docs: rows.map((row) => ({
        _id: idOf(row.conversation_id, row.position),
        routing: row.conversation_id,
      })),
    },
    _source: false,
  })
  const known = new Map(versionsSchema.parse(body).docs.map((doc) => [doc._id, doc._version ?? 0]))
  const versionOf = (row: MessageRow) => known.get(idOf(row.conversation_id, row.position)) ?? 0
  const late = rows.filter((row) => versionOf(row) < row.version)
  const documents = await documentsOf(late)
  await store({ engine, sql: engine.sql }, documents, { indexes: [index], until: 'stored', signal })
  const early = rows.filter((row) => versionOf(row) > row.version)
  return { mended: late.length, isAhead: await areStillAhead(engine, early, versionOf) }
}

/** The log may have gone on since it was read. */
async function areStillAhead(
  { sql }: Engine,
  early: MessageRow[],
  versionOf: (row: MessageRow) => number,
): Promise<boolean> {
  if (early.length === 0) return false
  const now = await sql<MessageRow[]>`
    select m.* from unnest(${early.map((row) => row.conversation_id)}::uuid[],
      ${early.map((row) => row.position)}::int[]) as e (conversation_id, position)
    cross join lateral (
      select * from messages.messages
      where conversation_id = e.conversation_id and position = e.position
      limit 1
    ) m`
  return now.some((row) => versionOf(row) > row.version)
}
