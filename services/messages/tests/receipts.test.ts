import type { Conversation, Message, MessageReceipts, Participant } from '@chatapp/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, boot, group, history, type Person, send, unread } from './boot.ts'

let chat: Booted
let alice: Person
let bob: Person
let carol: Person
let dan: Person

beforeAll(async () => {
  chat = await boot()
  ;[alice, bob, carol, dan] = (await Promise.all(
    ['alice', 'bob', 'carol', 'dan'].map(chat.join),
  )) as [Person, Person, Person, Person]
})
afterAll(() => chat[Symbol.asyncDispose]())

const advance = (
  person: Person,
  conversationId: string,
  to: { read?: number; delivered?: number },
) =>
  person.call<Participant & { errors?: { path: string }[] }>(
    'PUT',
    `/api/messages/receipts/${conversationId}`,
    to,
  )

async function receipts(person: Person, message: Message) {
  const { body } = await person.call<MessageReceipts>('GET', `/api/messages/read/${message.id}`)
  if (!('readBy' in body)) throw new Error(`no people in ${JSON.stringify(body)}`)
  return {
    readBy: body.readBy.map((r) => r.userId).sort(),
    deliveredTo: body.deliveredTo.map((r) => r.userId).sort(),
    body,
  }
}

test('cursors rise, never fall, and never pass the last position', async () => {
  const room = await group(alice, [bob])
  const last = await send(alice, room.id, 'three')
  expect((await advance(bob, room.id, { delivered: 1 })).body).toMatchObject({
    deliveredPosition: 1,
    readPosition: 0,
  })
  expect((await advance(bob, room.id, { read: 2 })).body).toMatchObject({
    deliveredPosition: 2,
    readPosition: 2,
  })
  expect((await advance(bob, room.id, { read: 1, delivered: 0 })).body).toMatchObject({
    deliveredPosition: 2,
    readPosition: 2,
  })
  const tooFar = await advance(bob, room.id, { read: last.position + 1 })
  expect(tooFar.status).toBe(400)
  expect(tooFar.body.errors?.[0]?.path).toBe('read')
  expect((await advance(carol, room.id, { read: 1 })).status).toBe(404)
  for (const bad of [
    {},
    { read: -1 },
    { read: 1.5 },
    { read: '1' },
    { read: { $gt: 0 } },
    { read: 1, x: 1 },
  ]) {
    expect((await advance(bob, room.id, bad as object)).status).toBe(400)
  }
})

test('who has read and received what is exact over joins, leaves and returns, with the time of the first advance', async () => {
  const room = await group(alice, [bob, carol])
  const at = async (offsetMs: number, act: () => Promise<unknown>) => {
    chat.setClock(offsetMs)
    await act()
    chat.setClock(0)
  }
  const first = await send(alice, room.id, 'first')
  await at(1_000, () => advance(carol, room.id, { read: first.position }))
  await carol.call('DELETE', `/api/participant/${room.id}/${carol.id}`)
  const second = await send(alice, room.id, 'second')
  await at(2_000, () => advance(bob, room.id, { delivered: second.position }))
  await at(3_000, () => advance(bob, room.id, { read: second.position }))
  await alice.call('POST', `/api/participant/${room.id}`, { userIds: [carol.id, dan.id] })
  const third = await send(alice, room.id, 'third')
  await advance(carol, room.id, { read: third.position })
  await advance(dan, room.id, { delivered: third.position })

  expect(await receipts(alice, first)).toMatchObject({
    readBy: [bob.id, carol.id].sort(),
    deliveredTo: [bob.id, carol.id].sort(),
  })
  expect(await receipts(alice, second)).toMatchObject({ readBy: [bob.id], deliveredTo: [bob.id] })
  expect(await receipts(bob, third)).toMatchObject({
    readBy: [carol.id],
    deliveredTo: [carol.id, dan.id].sort(),
  })
  const { body } = await receipts(alice, second)
  if (!('readBy' in body)) throw new Error('counts only')
  const seconds = (time: string | undefined) =>
    Math.round((Date.parse(time ?? '') - Date.parse(second.sentAt)) / 1000)
  expect(seconds(body.readBy[0]?.at)).toBe(3)
  expect(seconds(body.deliveredTo[0]?.at)).toBe(2)
})

test('whoever hides their reading does so within a minute, though the news of it was lost', async () => {
  const room = await group(alice, [dan])
  const message = await send(alice, room.id, 'hello')
  await advance(dan, room.id, { delivered: message.position })
  dan.hidesReads = true
  chat.setClock(60_001)
  await advance(dan, room.id, { read: message.position })
  expect(await receipts(alice, message)).toMatchObject({ readBy: [], deliveredTo: [dan.id] })
  dan.hidesReads = false
  chat.setClock(120_002)
})

test('answering shows that what lies before was read', async () => {
  const room = await group(alice, [bob])
  const question = await send(alice, room.id, 'question')
  await send(bob, room.id, 'answer')
  expect(await receipts(alice, question)).toMatchObject({ readBy: [bob.id], deliveredTo: [bob.id] })
  const { body } = await bob.call<Conversation>('GET', `/api/conversations/${room.id}`)
  expect(body.unread).toBe(0)
})

test('above two hundred members there are counts only', async () => {
  const many = await Promise.all(Array.from({ length: 205 }, (_, i) => chat.join(`member${i}`)))
  const room = await group(alice, many)
  const message = await send(alice, room.id, 'to many')
  await Promise.all(
    many.slice(0, 7).map((person) => advance(person, room.id, { read: message.position })),
  )
  await Promise.all(
    many.slice(7, 10).map((person) => advance(person, room.id, { delivered: message.position })),
  )
  const { body } = await alice.call('GET', `/api/messages/read/${message.id}`)
  expect(body).toEqual({ messageId: message.id, readCount: 7, deliveredCount: 10 })
})

test('unread equals a recount after any history, with marks and without', async () => {
  const act = fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('send' as const), who: fc.nat(2) }) },
    {
      weight: 3,
      arbitrary: fc.record({ type: fc.constant('read' as const), who: fc.nat(2), back: fc.nat(4) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constant('mark' as const), who: fc.nat(2), back: fc.nat(6) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('unsend' as const),
        who: fc.nat(2),
        back: fc.nat(4),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant('rename' as const), who: fc.constant(0) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('rejoin' as const),
        who: fc.integer({ min: 1, max: 2 }),
      }),
    },
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 5, maxLength: 40 }),
      fc.boolean(),
      async (acts, isShared) => {
        const people = [alice, bob, carol]
        const room = await group(alice, [bob, carol], {
          history: isShared ? 'shared' : 'since-joined',
        })
        for (const [i, one] of acts.entries()) {
          const person = people[one.who] as Person
          const messages = await history(person, room.id)
          if (one.type === 'send') await send(person, room.id, `text ${i}`)
          if (one.type === 'rename')
            await person.call('PATCH', `/api/conversations/${room.id}`, { title: `title ${i}` })
          if (one.type === 'read')
            await advance(person, room.id, { read: messages.at(-1 - one.back)?.position ?? 0 })
          if (one.type === 'mark')
            await person.call('PATCH', `/api/conversations/${room.id}`, {
              unreadFrom: messages.at(-1 - one.back)?.position ?? 1,
            })
          if (one.type === 'unsend') {
            const own = messages
              .filter((m) => m.kind === 'text' && m.senderId === person.id)
              .at(-1 - one.back)
            if (own) await person.call('PUT', `/api/messages/unsent/${own.id}`)
          }
          if (one.type === 'rejoin') {
            await alice.call('DELETE', `/api/participant/${room.id}/${person.id}`)
            await alice.call('POST', `/api/participant/${room.id}`, { userIds: [person.id] })
          }
        }
        for (const person of people) {
          const { body } = await person.call<Conversation>('GET', `/api/conversations/${room.id}`)
          const recount = (await history(person, room.id)).filter(
            (m) =>
              m.kind === 'text' &&
              m.unsentAt === null &&
              m.senderId !== person.id &&
              m.position > Math.min(body.me.readPosition, (body.me.unreadFrom ?? Infinity) - 1),
          )
          expect(await unread(person, room.id)).toBe(recount.length)
        }
      },
    ),
    { numRuns: 25 },
  )
})
