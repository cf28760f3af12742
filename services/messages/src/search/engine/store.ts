import type { Queries } from '@chatapp/service-kit'
import type { SearchDocument } from '../document.ts'
import type { Engine } from './engine.ts'
import { setAside, takeBack } from './refusals.ts'
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
    documents.filter((document) => !refused.has(document)),
  )
  await setAside(engine, sql, refusals)
}
