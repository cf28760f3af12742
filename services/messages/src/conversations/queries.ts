import { type Kysely, type RawBuilder, sql } from 'kysely'
import type {
  ConversationRow,
  Database,
  DraftRow,
  MessageRow,
  ParticipantRow,
} from '../db/schema.ts'
import { hiddenUpTo, notFound } from './policy.ts'

type Db = Kysely<Database>

/** A conversation as one member has it. */
export interface Membership {
  conversation: ConversationRow
  me: ParticipantRow
}

/** A membership with what the list shows of it. */
export interface Overview extends Membership {
  draft: DraftRow | null
  lastMessage: MessageRow | null
  unread: number
}

interface OverviewPage {
  userId: string
  limit: number
  /** The last one of the page before. */
  after?: { lastMessageAt: Date; id: string }
}

export async function getMembership(
  db: Db,
  conversationId: string,
  userId: string,
): Promise<Membership> {
  const { rows } = await sql<{ conversation: ConversationRow; me: ParticipantRow }>`
    select ${asJson('c')} as conversation, ${asJson('p')} as me
    from messages.participants p join messages.conversations c on c.id = p.conversation_id
    where p.conversation_id = ${conversationId} and p.user_id = ${userId} and p.left_position is null`.execute(
    db,
  )
  if (!rows[0]) throw notFound()
  return revive(rows[0])
}

export const getOverview = async (
  db: Db,
  conversationId: string,
  userId: string,
): Promise<Overview> => {
  const [overview] = await selectOverviews(
    db,
    { userId, limit: 1 },
    sql`and p.conversation_id = ${conversationId}`,
  )
  if (!overview) throw notFound()
  return overview
}

/** Latest activity first. */
export function listOverviews(db: Db, page: OverviewPage): Promise<Overview[]> {
  const { after } = page
  return selectOverviews(
    db,
    page,
    after ? sql`and (c.last_message_at, c.id) < (${after.lastMessageAt}, ${after.id})` : sql``,
  )
}

export async function findOverviews(
  db: Db,
  userId: string,
  conversationIds: string[],
): Promise<Overview[]> {
  if (conversationIds.length === 0) return []
  const limit = conversationIds.length
  return selectOverviews(
    db,
    { userId, limit },
    sql`and p.conversation_id = any(${conversationIds}::uuid[])`,
  )
}

/**
 * Unread is what lies after the cursor, less the lines that count for nobody, and what others wrote
 * between a mark and the cursor. The `limit 1` makes a look-up by key of what PostgreSQL may otherwise
 * join as a whole with all messages there are.
 */
async function selectOverviews(
  db: Db,
  { userId, limit }: OverviewPage,
  where: RawBuilder<unknown>,
): Promise<Overview[]> {
  const { rows } = await sql<Omit<Overview, 'unread'> & { notCounted: number; marked: number }>`
    select ${asJson('c')} as conversation, ${asJson('p')} as me, ${asJson('d')} as draft,
      ${asJson('m')} as "lastMessage", n.count as "notCounted", u.count as marked
    from (
      select c.id from messages.participants p join messages.conversations c on c.id = p.conversation_id
      where p.user_id = ${userId} and p.left_position is null ${where}
      order by c.last_message_at desc, c.id desc limit ${limit}
    ) page
    join messages.conversations c on c.id = page.id
    join messages.participants p on p.conversation_id = page.id and p.user_id = ${userId}
    left join messages.drafts d on d.conversation_id = page.id and d.user_id = p.user_id
    left join lateral (
      select * from messages.messages
      where conversation_id = page.id and position = c.last_position limit 1
    ) m on true
    cross join lateral (
      select count(*)::int from messages.messages x
      where x.conversation_id = page.id and x.position > p.read_position
        and (x.kind = 'system' or x.unsent_at is not null)
    ) n
    cross join lateral (
      select count(*)::int from messages.messages x
      where p.unread_from is not null and x.conversation_id = page.id
        and x.position between p.unread_from and p.read_position
        and x.position > case c.history when 'since-joined' then p.joined_position else 0 end
        and x.kind = 'text' and x.unsent_at is null and x.sender_id <> p.user_id
    ) u
    order by c.last_message_at desc, c.id desc`.execute(db)
  return rows.map(({ notCounted, marked, lastMessage, draft, ...row }) => {
    const { conversation, me } = revive(row)
    const isHidden = conversation.last_position <= hiddenUpTo(conversation, me)
    return {
      conversation,
      me,
      draft: draft && { ...draft, updated_at: new Date(draft.updated_at) },
      lastMessage: lastMessage && !isHidden ? reviveMessage(lastMessage) : null,
      unread: conversation.last_position - me.read_position - notCounted + marked,
    }
  })
}

/** A whole row in one column, so that two tables of a join keep their own names. */
const asJson = (alias: string) => sql`to_jsonb(${sql.ref(alias)}.*)`

function revive({ conversation, me }: Membership): Membership {
  return {
    conversation: {
      ...conversation,
      created_at: new Date(conversation.created_at),
      last_message_at: new Date(conversation.last_message_at),
    },
    me: {
      ...me,
      joined_at: new Date(me.joined_at),
      muted_until: me.muted_until && new Date(me.muted_until),
    },
  }
}

function reviveMessage(row: MessageRow): MessageRow {
  return {
    ...row,
    sent_at: new Date(row.sent_at),
    edited_at: row.edited_at && new Date(row.edited_at),
    unsent_at: row.unsent_at && new Date(row.unsent_at),
  }
}
