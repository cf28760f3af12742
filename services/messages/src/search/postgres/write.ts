import type { Queries } from '@chatapp/service-kit'
import type { SearchDocument } from '../document.ts'
import type { Refusal } from '../refusals.ts'
import { keyOf } from '../search-index.ts'
import { DOCUMENT_FORM } from './form.ts'
import { timeMarkers } from './time-blocks.ts'
import { quote } from './ts-query.ts'

/**
 * Of two writers the one with the later version of the message has the last word. Within a
 * transaction; what the database will never take is given back.
 */
export async function writeDocuments(
  sql: Queries,
  documents: SearchDocument[],
): Promise<Refusal[]> {
  // In the order of the key, so that two writers can't wait for each other.
  const sorted = [...documents].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const refusals = await insertOrHalve(sql, sorted)
  await sortIn(sql)
  return refusals
}

/** Which of them all were refused for shows by asking in smaller parts. */
async function insertOrHalve(sql: Queries, documents: SearchDocument[]): Promise<Refusal[]> {
  const reason = await insert(sql, documents)
  const [only] = documents
  if (reason === undefined || only === undefined) return []
  if (documents.length === 1) return [{ document: only, reason }]
  const middle = Math.ceil(documents.length / 2)
  return [
    ...(await insertOrHalve(sql, documents.slice(0, middle))),
    ...(await insertOrHalve(sql, documents.slice(middle))),
  ]
}

/** Resolves to why they were refused. */
async function insert(sql: Queries, documents: SearchDocument[]): Promise<string | undefined> {
  await sql`savepoint documents`
  try {
    await sql`
      insert into messages.search_documents as d
        (conversation_id, position, version, tokens_version, sender_id, sent_at, tokens)
      select c, p, v, ${DOCUMENT_FORM}::int, s, at, t::tsvector from unnest(
        ${documents.map((d) => d.conversationId)}::uuid[], ${documents.map((d) => d.position)}::int[],
        ${documents.map((d) => d.version)}::int[], ${documents.map((d) => d.senderId)}::uuid[],
        ${documents.map((d) => d.sentAt.toISOString())}::timestamptz[],
        ${documents.map(writeTokens)}::text[]
      ) as t (c, p, v, s, at, t)
      on conflict (conversation_id, position) do update set
        version = excluded.version, tokens_version = excluded.tokens_version, tokens = excluded.tokens
      where d.version < excluded.version or d.tokens_version <> excluded.tokens_version`
    return undefined
  } catch (error) {
    if (!isRefusal(error)) throw error
    await sql`rollback to savepoint documents`
    return error.message
  }
}

/** Of what was unsent nothing is there, not even when it was. */
function writeTokens({ tokens, sentAt }: SearchDocument): string {
  const all = tokens.length === 0 ? [] : [...tokens, ...timeMarkers(sentAt)]
  return all.map(quote).join(' ')
}

/** Classes of SQLSTATE that mean the data: it would be refused again. */
const REFUSALS = /^(22|23|54)/

function isRefusal(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && REFUSALS.test(String(error.code))
}

/**
 * What only waits to be sorted in, every search compares with every token that it looks up, which
 * are hundreds for a typo. Sorted in at once it costs no more than later.
 */
async function sortIn(sql: Queries): Promise<void> {
  await sql`select gin_clean_pending_list('messages.search_documents_by_token')`
}
