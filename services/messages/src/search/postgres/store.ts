import type { Queries } from '@chatapp/service-kit'
import type { Context } from '../../context.ts'
import type { SearchDocument } from '../document.ts'
import { setAside, takeBack } from '../refusals.ts'
import { writeDocuments } from './write.ts'

type Storing = Pick<Context, 'log' | 'search'>

/** Brings documents into the index and remembers, in the caller's transaction, what was refused. */
export async function storeDocuments(
  { log, search }: Storing,
  sql: Queries,
  documents: SearchDocument[],
): Promise<void> {
  if (documents.length === 0) return
  const refusals = await writeDocuments(sql, documents)
  const refused = new Set(refusals.map(({ document }) => document))
  await takeBack(
    sql,
    'search_refusals',
    documents.filter((document) => !refused.has(document)),
  )
  await setAside(sql, 'search_refusals', refusals)
  for (const { document, reason } of refusals) {
    const { conversationId, position, version } = document
    search.refusals.inc()
    log.error(
      { conversationId, position, version, reason },
      'the database does not take a message into its search index: searches look at it in the log',
    )
  }
}
