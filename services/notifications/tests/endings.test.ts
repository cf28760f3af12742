import { type PushServer, settle, startPushServer } from '@chatapp/dev-env'
import { createId } from '@chatapp/service-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, notice, startEngine, unasked } from './engine.ts'

const DAY_MS = 24 * 3_600_000

let push: PushServer
beforeAll(async () => {
  push = await startPushServer()
})
afterAll(async () => {
  expect(push.faults).toEqual([])
  await push[Symbol.asyncDispose]()
})

const said = (to: string) => notice({ to, sentAt: new Date().toISOString() })

const peopleIn = async ({ sql }: Engine) => {
  const rows = await sql<{ user_id: string }[]>`
    select user_id from notifications.subscriptions order by user_id`
  return rows.map((row) => row.user_id)
}

test('no push goes out before it is known which sessions ended meanwhile', async () => {
  const [alice, bob] = [createId(), createId()]
  const gate = Promise.withResolvers<void>()
  let isAway = true
  // By its clock, a day late, nothing is due: it only takes subscriptions.
  await using engine = await startEngine({ now: () => Date.now() - DAY_MS })
  const [gone, live] = [await engine.subscribe(alice, push), await engine.subscribe(bob, push)]
  await using started = await startEngine({
    beside: engine,
    users: {
      ...unasked,
      async liveSessions(sessionIds) {
        await gate.promise
        if (isAway) {
          isAway = false
          throw new Error('users is away')
        }
        return sessionIds.filter((id) => id !== alice)
      },
    },
  })
  await started.changed([said(alice), said(bob)])
  gate.resolve()
  await settle('the push of the session that lives', () => live.arrived.length === 1)
  expect(gone.asked).toBe(0)
  expect(await peopleIn(engine)).toEqual([bob])
})

test('of many devices each is asked about', async () => {
  await using engine = await startEngine()
  const people = Array.from({ length: 2_500 }, () => createId()).sort()
  await engine.sql`
    insert into notifications.subscriptions
      (id, user_id, session_id, endpoint, p256dh, auth, created_at)
    select gen_random_uuid(), u, u, 'https://push.example/' || u, '', '', now()
    from unnest(${people}::uuid[]) u`
  const ended = new Set(people.filter((_, i) => i % 3 === 0))
  const users = {
    ...unasked,
    liveSessions: async (ids: string[]) => ids.filter((id) => !ended.has(id)),
  }
  await using _ = await startEngine({ users, beside: engine })
  const left = people.filter((id) => !ended.has(id))
  await settle('their end', async () => (await peopleIn(engine)).length === left.length)
  expect(await peopleIn(engine)).toEqual(left)
})

test('a device of before, which is not seen again, is forgotten when its session must have ended', async () => {
  await using engine = await startEngine()
  const [seen, unseen] = [createId(), createId()]
  for (const person of [seen, unseen]) await engine.subscribe(person, push)
  await engine.sql`update notifications.subscriptions set session_id = null`
  await engine.subscribe(seen, push)
  const now = () => Date.now() + 61 * DAY_MS
  await using _ = await startEngine({ now, beside: engine })
  await settle('the end of what nobody claims', async () => (await peopleIn(engine)).length === 1)
  expect(await peopleIn(engine)).toEqual([seen])
})
