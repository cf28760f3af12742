import type { User, WebhookBody } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { ConversationRow, MessageRow, WebhookEventRow } from '../db/schema.ts'
import { presentMessage } from '../messages/present.ts'

type Source = MessageRow & { title: ConversationRow['title'] }

/**
 * Written when they are sent, from what the log says then: an unsent message leaves no text in a
 * queue. By event id.
 */
export async function bodiesOf(
  context: Context,
  events: WebhookEventRow[],
): Promise<Map<string, WebhookBody>> {
  const sources = await findSources(context, events)
  const known = await context.people.get([...sources.values()].flatMap(peopleOf))
  const bodies = new Map<string, WebhookBody>()
  for (const event of events) {
    const source = sources.get(keyOf(event))
    if (source) bodies.set(event.id, bodyOf(event, source, known))
  }
  return bodies
}

async function findSources(
  { sql }: Context,
  events: WebhookEventRow[],
): Promise<Map<string, Source>> {
  const rows = await sql<Source[]>`
    select m.*, c.title
    from unnest(
      ${events.map((event) => event.conversation_id)}::uuid[],
      ${events.map((event) => event.position)}::int[]) as told (id, at)
    cross join lateral (
      select * from messages.messages where conversation_id = told.id and position = told.at
      limit 1
    ) m
    join messages.conversations c on c.id = told.id`
  return new Map(rows.map((row) => [keyOf(row), row]))
}

const keyOf = (of: { conversation_id: string; position: number }) =>
  `${of.conversation_id} ${of.position}`

const peopleOf = (row: Source) => [row.sender_id, ...subjectsOf(row)]

function subjectsOf({ event }: Source): string[] {
  if (event?.type === 'joined') return event.userIds
  return event?.type === 'left' || event?.type === 'removed' ? [event.userId] : []
}

function bodyOf(event: WebhookEventRow, source: Source, known: Map<string, User>): WebhookBody {
  const conversation = { id: source.conversation_id, title: source.title }
  const person = (id: string) => known.get(id) ?? somebody(id)
  const base = { version: 1 as const, timestamp: event.happened_at.toISOString() }
  switch (event.type) {
    case 'message.created':
    case 'message.edited':
    case 'message.unsent': {
      const data = { message: presentMessage(source), sender: person(source.sender_id) }
      return { type: event.type, ...base, data: { conversation, ...data } }
    }
    case 'member.joined':
    case 'member.left': {
      const data = { users: subjectsOf(source).map(person), by: person(source.sender_id) }
      return { type: event.type, ...base, data: { conversation, ...data } }
    }
  }
}

/** An account that is gone has no name any more. */
const somebody = (id: string): User => ({
  ...{ id, username: '', displayName: '', avatarUrl: null, bio: '' },
})
