import type { Queries } from '@chatapp/service-kit'
import type { SearchDocument } from '../document.ts'
import { type Refusal, setAside, takeBack } from '../refusals.ts'
import type { Engine } from './engine.ts'
import { writeEntries } from './write.ts'

interface StoreOptions {
  indexes: string[]
  until: 'stored' | 'searchable'
  signal: AbortSignal
}

/** Brings documents into indexes and remembers, in the caller's transaction, what was refused. */
export async function store(
  { engine, sql }: { engine: Engine; sql: Queries },
  documents: SearchDocument[],
  { indexes, ...options }: StoreOptions,
): Promise<void> {
  if (documents.length === 0) return
  const entries = documents.flatMap((document) => indexes.map((index) => ({ index, document })))
  const refusals = await writeEntries(engine.client, entries, options)
  const refused = new Set(refusals.map(({ document }) => document))
  await takeBack(
    sql,
    'engine_refusals',
    documents.filter((document) => !refused.has(document)),
  )
  await setAside(sql, 'engine_refusals', refusals)
  report(engine, refusals)
}

function report({ meters, log }: Engine, refusals: Refusal[]): void {
  for (const { document, reason } of refusals) {
    const { conversationId, position, version } = document
    meters.refusals.inc()
    log.error(
      { conversationId, position, version, reason },
      'the search engine does not take a message: searches look at it in the log',
    )
  }
}
