import { settle } from '@chatapp/dev-env'
import type { Conversation } from '@chatapp/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Booted, boot, group, history, type Person, send } from './boot.ts'

const NEVER = new Promise<never>(() => {})

let chat: Booted
let alice: Person
let bob: Person
let plans: Conversation

beforeEach(async () => {
  chat = await boot()
  ;[alice, bob] = (await Promise.all(['alice', 'bob'].map(chat.join))) as [Person, Person]
  plans = await group(alice, [bob])
})
afterEach(() => chat[Symbol.asyncDispose]())

/** From now on the users service does not answer. */
const silence = () =>
  void Object.assign(chat.users, { profiles: () => NEVER, idsByUsername: () => NEVER })

/** What was known of them is known to be so no more. */
const change = ({ id }: Person) =>
  chat.bus.publish('profiles', { type: 'profile-changed', userId: id })

let sends = 0
/** What became of it: the position, or the code of the refusal. */
const say = (person: Person, data: string, conversationId = plans.id) =>
  chat.messages.api
    .send({ senderId: person.id, conversationId, clientId: `s${++sends}`, data, replyTo: null })
    .then(
      ({ message }) => message.position,
      (error: { code: string }) => error.code,
    )

test('only whom nobody knows waits for the users service, and nobody waits for them', async () => {
  await send(alice, plans.id, 'before')
  change(bob)
  silence()
  expect(await Promise.all([say(bob, 'hello'), say(alice, 'hello')])).toEqual(['overloaded', 3])
  const startedAt = performance.now()
  expect(await Promise.all([say(bob, 'hello'), say(alice, 'hello')])).toEqual(['overloaded', 4])
  expect(performance.now() - startedAt).toBeLessThan(500)
})

test('whoever was refused can send when the users service answers again', async () => {
  const answers = Promise.withResolvers<void>()
  const { profiles } = chat.users
  chat.users.profiles = async (ids) => {
    await answers.promise
    return profiles(ids)
  }
  change(bob)
  expect(await say(bob, 'hello')).toBe('overloaded')
  answers.resolve()
  await settle('bob is known', async () => (await say(bob, 'hello')) === 2)
})

test('people are as last known while the users service is away, unless they have changed', async () => {
  await send(alice, plans.id, 'before')
  const names: string[] = []
  chat.bus.subscribe(`conversation:${plans.id}`, ({ json }) => names.push(JSON.parse(json).user))
  chat.users.profiles = () => Promise.reject(new Error('away'))
  chat.setClock(10 * 60_000)
  expect(await say(alice, 'later')).toBe(3)
  expect(names).toEqual(['Alice'])
  change(alice)
  expect(await say(alice, 'later still')).toBe('overloaded')
})

test('without the users service those are called who were called before', async () => {
  await send(alice, plans.id, 'hello @bob. And @nobody')
  silence()
  await say(alice, 'hello @bob. And @nobody')
  const last = (await history(alice, plans.id)).at(-1)
  expect(last).toMatchObject({ position: 3, mentions: [bob.id] })
})

test('what follows a refused message in its conversation is not stored before it', async () => {
  await Promise.all([send(alice, plans.id, 'before'), send(bob, plans.id, 'before')])
  const elsewhere = await group(alice, [])
  silence()
  const said = await Promise.all([
    say(alice, 'one'),
    say(alice, 'two @carol'),
    say(alice, 'three'),
    say(alice, 'four', elsewhere.id),
    say(bob, 'five'),
  ])
  expect(said).toEqual([4, 'overloaded', 'overloaded', 2, 5])
})

test('an edit that calls somebody unknown is refused while the users service is away', async () => {
  const { id } = await send(alice, plans.id, 'before')
  chat.users.idsByUsername = () => Promise.reject(new Error('away'))
  const edit = (data: string) => alice.call('PUT', `/api/messages/edit/${id}`, { data })
  expect((await edit('after, @bob')).status).toBe(503)
  expect((await edit('after')).status).toBe(200)
})

test('receipts of those who are known go on without the users service', async () => {
  const { position } = await send(alice, plans.id, 'before')
  const read = ({ id: userId }: Person) =>
    chat.messages.api.advance({ userId, conversationId: plans.id, read: position })
  change(bob)
  silence()
  const [own, others] = await Promise.allSettled([read(alice), read(bob)])
  expect(own.status).toBe('fulfilled')
  expect(others).toMatchObject({ status: 'rejected', reason: { code: 'overloaded' } })
})
