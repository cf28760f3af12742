import type { Sql } from '@chatapp/service-kit'
import { floor } from '../participants/queries.ts'

/** A conversation that the caller is in now. */
export interface OwnConversation {
  id: string
  kind: 'direct' | 'group'
  title: string | null
  /** Something that the caller may read. */
  hasMessages: boolean
  hasUnread: boolean
  /** The other one of a direct conversation. */
  otherId: string | null
}

export async function readScope(sql: Sql, userId: string): Promise<OwnConversation[]> {
  return sql<OwnConversation[]>`
    select c.id, c.kind, c.title, c.last_position > p.read_position as "hasUnread",
      c.last_position > ${floor(sql)} as "hasMessages",
      case c.kind when 'direct' then (
        select o.user_id from messages.participants o
        where o.conversation_id = c.id and o.user_id <> ${userId} limit 1
      ) end as "otherId"
    from messages.participants p join messages.conversations c on c.id = p.conversation_id
    where p.user_id = ${userId} and p.left_position is null`
}
