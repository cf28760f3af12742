import type { ActivityItem, Conversation, Message } from '@chatapp/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, boot, group, history, type Person, send } from './boot.ts'

let chat: Booted
let people: [Person, Person, Person]

beforeAll(async () => {
  chat = await boot({ lobby: false })
  people = (await Promise.all(['alice', 'bob', 'carol'].map(chat.join))) as typeof people
})
afterAll(() => chat[Symbol.asyncDispose]())

const person = fc.nat(2)
/** One of the messages so far. */
const message = fc.nat(40)
const text = fc
  .array(fc.constantFrom('@alice', '@bob', '@carol', '@all', 'tea', '`@bob`'), { minLength: 1 })
  .map((words) => words.slice(0, 4).join(' '))

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send'), person, text, message }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('answer'), person, text, message }) },
  fc.record({ do: fc.constant('edit'), person, text, message }),
  fc.record({ do: fc.constant('unsend'), person, text, message }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('read'), person, text, message }) },
  fc.record({ do: fc.constant('mark'), person, text, message }),
  fc.record({ do: fc.constant('leave or come'), person, text, message }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Some hundred requests: a loaded machine takes its time. */
const PATIENCE_MS = 120_000

test('the list is what a recount of the history gives, whatever happened', {
  timeout: PATIENCE_MS,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30 }), async (steps) => {
      const [alice, bob, carol] = people
      const room = await group(alice, [bob, carol])
      const sent: Message[] = []
      for (const one of steps) await take(room.id, one, sent)
      for (const someone of people)
        expect(await listOf(someone, room.id)).toEqual(await recount(someone, room.id))
      // The owner is the last who may leave.
      for (const someone of people.toReversed())
        await someone.call('DELETE', `/api/participant/${room.id}/${someone.id}`)
    }),
    { numRuns: 12, endOnFailure: true },
  )
})

/** What is refused by the rules changes nothing, so it needs no care here. */
async function take(conversationId: string, one: Step, sent: Message[]): Promise<void> {
  const who = people[one.person] as Person
  const about = sent[one.message % Math.max(1, sent.length)]
  const membership = `/api/participant/${conversationId}`
  switch (one.do) {
    case 'send':
      return void sent.push(...(await say(who, conversationId, one.text)))
    case 'answer':
      return void sent.push(
        ...(await say(who, conversationId, { data: one.text, replyTo: about?.id ?? '' })),
      )
    case 'edit':
      return void (await who.call('PUT', `/api/messages/edit/${about?.id}`, { data: one.text }))
    case 'unsend':
      return void (await who.call('PUT', `/api/messages/unsent/${about?.id}`))
    case 'read':
      return void (await who.call('PUT', `/api/messages/receipts/${conversationId}`, {
        read: about?.position,
      }))
    case 'mark':
      return void (await who.call('PATCH', `/api/conversations/${conversationId}`, {
        unreadFrom: about?.position,
      }))
    case 'leave or come': {
      const [alice] = people
      const { status } = await who.call('GET', `/api/conversations/${conversationId}`)
      if (status === 404) await alice.call('POST', membership, { userIds: [who.id] })
      else if (who !== alice) await who.call('DELETE', `${membership}/${who.id}`)
    }
  }
}

const say = (...given: Parameters<typeof send>): Promise<Message[]> =>
  send(...given).then(
    (message) => [message],
    () => [],
  )

async function listOf(who: Person, conversationId: string) {
  const { body } = await who.call<{ items: ActivityItem[]; unread: number }>(
    'GET',
    '/api/messages/activity?limit=200',
  )
  const unread = await who.call<{ items: ActivityItem[] }>(
    'GET',
    '/api/messages/activity?limit=200&filter=unread',
  )
  const own = ({ conversation }: ActivityItem) => conversation.id === conversationId
  return {
    all: body.items.filter(own).map(shortly),
    unread: unread.body.items.filter(own).map(shortly),
    count: body.unread,
  }
}

const shortly = ({ kind, message: { position, data }, isUnread }: ActivityItem) => ({
  kind,
  position,
  data,
  isUnread,
})

async function recount(who: Person, conversationId: string) {
  const { status, body } = await who.call<Conversation>(
    'GET',
    `/api/conversations/${conversationId}`,
  )
  if (status === 404) return { all: [], unread: [], count: 0 }
  const messages = await history(who, conversationId)
  const { readPosition, unreadFrom, joinedPosition } = body.me
  const readUpTo = unreadFrom === null ? readPosition : unreadFrom - 1
  const all = messages.toReversed().flatMap((message) => {
    if (message.kind !== 'text' || message.data === null || message.senderId === who.id) return []
    const { position, data } = message
    const kind = kindOf(message, messages, { who, joinedPosition })
    return kind ? [{ kind, position, data, isUnread: position > readUpTo }] : []
  })
  const unread = all.filter(({ isUnread }) => isUnread)
  return { all, unread, count: unread.length }
}

function kindOf(
  { mentions, mentionsAll, replyTo, position }: Message,
  messages: Message[],
  { who, joinedPosition }: { who: Person; joinedPosition: number },
): ActivityItem['kind'] | undefined {
  if (mentions.includes(who.id)) return 'mention'
  if (messages.some(({ id, senderId }) => id === replyTo && senderId === who.id)) return 'reply'
  return mentionsAll && position > joinedPosition ? 'all' : undefined
}
