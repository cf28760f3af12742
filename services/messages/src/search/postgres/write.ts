import type { Queries } from '@chatapp/service-kit'
import type { SearchDocument } from '../document.ts'
import { TOKENS_VERSION } from '../words/tokens.ts'
import { quote } from './ts-query.ts'

/** Of two writers the one with the later version of the message has the last word. */
export async function writeDocuments(sql: Queries, documents: SearchDocument[]): Promise<void> {
  if (documents.length === 0) return
  // In the order of the key, so that two writers can't wait for each other.
  const sorted = [...documents].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  await sql`
    insert into messages.search_documents as d
      (conversation_id, position, version, tokens_version, sender_id, sent_at, tokens)
    select c, p, v, ${TOKENS_VERSION}::int, s, at, t::tsvector from unnest(
      ${sorted.map((d) => d.conversationId)}::uuid[], ${sorted.map((d) => d.position)}::int[],
      ${sorted.map((d) => d.version)}::int[], ${sorted.map((d) => d.senderId)}::uuid[],
      ${sorted.map((d) => d.sentAt.toISOString())}::timestamptz[],
      ${sorted.map((d) => d.tokens.map(quote).join(' '))}::text[]
    ) as t (c, p, v, s, at, t)
    on conflict (conversation_id, position) do update set
      version = excluded.version, tokens_version = excluded.tokens_version, tokens = excluded.tokens
    where d.version < excluded.version or d.tokens_version <> excluded.tokens_version`
  await sortIn(sql)
}

/**
 * What only waits to be sorted in, every search compares with every token that it looks up, which
 * are hundreds for a typo. Sorted in at once it costs no more than later.
 */
async function sortIn(sql: Queries): Promise<void> {
  await sql`select gin_clean_pending_list('messages.search_documents_by_token')`
}

const keyOf = ({ conversationId, position }: SearchDocument) =>
  `${conversationId} ${String(position).padStart(10, '0')}`
