import type { Sql } from '@chatapp/service-kit'
import type { Place } from '../search-index.ts'
import type { Parts } from '../words/plan.ts'
import { newestFirst, place, within } from './find.ts'
import type { SpelledLookout } from './spell.ts'
import { tsQueryOf } from './ts-query.ts'

/** So many messages are looked through in some 8 ms. */
const MESSAGES_MAX = 2_000
/** To find the newest ones of a conversation takes as long as to look through so many. */
const WAY_TO_CONVERSATION = 2

/**
 * What has the parts within its words, among the newest messages of the conversations: an index of all
 * parts of all words would be several times as large as that of the words. What tokens begin with a
 * capital letter are no words.
 */
export function findWithin(
  sql: Sql,
  lookout: SpelledLookout,
  { texts, better }: Parts,
): PromiseLike<Place[]> {
  const { conversationIds: ids, plan } = lookout
  const share = Math.floor(MESSAGES_MAX / Math.max(1, ids.length))
  const most = Math.max(1, share - WAY_TO_CONVERSATION)
  const others = tsQueryOf(plan)
  const known = tsQueryOf({ all: better, none: [] })
  return sql<Place[]>`
    select ${place(sql)} from unnest(${ids}::uuid[]) as id, lateral (
      select conversation_id, position, sent_at, tokens from messages.search_documents
      where conversation_id = id order by position desc limit ${most}
    ) as stretch
    where ${within(sql, lookout)}
      and tokens::text like all (${texts.map((text) => `%${text}%`)}::text[])
      and tokens::text ~ all (${texts.map((text) => `'([^'A-Z][^']*)?${text}`)}::text[])
      ${others === undefined ? sql`` : sql`and tokens @@ ${others}::tsquery`}
      ${known === undefined ? sql`` : sql`and not tokens @@ ${known}::tsquery`}
    ${newestFirst(sql, lookout)} limit ${lookout.limit}`
}
