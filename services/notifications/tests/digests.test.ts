import { settle } from '@chatapp/dev-env'
import { createId } from '@chatapp/service-kit'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Absences, HOUR_MS, MINUTE_MS, openAbsences, PUBLIC_URL } from './absences.ts'
import { notice } from './engine.ts'

/** People are looked at once a second, on a busy machine later. */
vi.setConfig({ testTimeout: 120_000 })

let away: Absences
beforeAll(async () => {
  away = await openAbsences()
})
afterEach(() => away.connected.clear())
afterAll(() => away[Symbol.asyncDispose]())

test('who is away for the time that they chose is told what they have missed, once', async () => {
  const [bob, carol] = [away.somebody(), away.somebody()]
  await away.engine.prefer(carol, { digestEvery: '15min' })
  const first = await away.miss(bob)
  await away.miss(bob, { ...first, position: 4, text: 'It gets cold' })
  await away.miss(carol)
  await away.stayAway([bob, carol], 15 * MINUTE_MS)
  await away.untilMailed(carol)
  expect(await away.ordersOf(bob)).toEqual([])
  await away.stayAway([bob], 45 * MINUTE_MS)
  const digest = await away.untilMailed(bob)
  expect(digest).toMatchObject({
    subject: '2 messages wait for you',
    text: expect.stringContaining(
      `Alice\n  The soup is ready\n  It gets cold\n  ${PUBLIC_URL}/c/${first.conversationId}/3\n`,
    ),
    html: expect.stringContaining(`href="${PUBLIC_URL}/c/${first.conversationId}/3"`),
    headers: {
      from: 'ChatApp <no-reply@chat.example.org>',
      'reply-to': 'no-reply@chat.example.org',
      'auto-submitted': 'auto-generated',
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'list-unsubscribe': expect.stringMatching(
        /^<https:\/\/chat\.example\.org\/api\/notifications\/digest\/unsubscribe\/[\w.-]+>$/,
      ),
    },
  })
  expect(await away.ordersOf(bob)).toEqual([{ state: 'sent' }])
  expect(await away.engine.metrics()).toMatch(
    /chatapp_notifications_mails_total\{kind="digest",outcome="sent"\} [2-9]/,
  )
})

test('who is connected is not written to before they are away for as long again', async () => {
  const [bob, carol] = [away.somebody(), away.somebody()]
  await away.miss(bob)
  await away.miss(carol)
  away.connected.set(bob, Number.POSITIVE_INFINITY)
  await away.stayAway([bob, carol], HOUR_MS)
  await away.untilMailed(carol)
  await settle('bob was seen', async () => (await away.stateOf(bob))?.seen, 20_000)
  away.connected.delete(bob)
  const dan = away.somebody()
  await away.engine.prefer(dan, { digestEvery: '15min' })
  await away.miss(dan)
  await away.stayAway([bob, dan], 59 * MINUTE_MS)
  await away.untilMailed(dan)
  expect(await away.ordersOf(bob)).toEqual([])
  await away.stayAway([bob], MINUTE_MS)
  await away.untilMailed(bob)
})

test('who is connected and does nothing is away', async () => {
  const [bob, carol] = [away.somebody(), away.somebody()]
  const begun = away.clock
  for (const userId of [bob, carol]) {
    away.connected.set(userId, begun + (userId === bob ? 0 : 30 * MINUTE_MS))
    await away.miss(userId)
  }
  await away.stayAway([bob, carol], HOUR_MS)
  await away.untilMailed(bob)
  expect(await away.ordersOf(carol)).toEqual([])
  await away.stayAway([carol], 30 * MINUTE_MS)
  await away.untilMailed(carol)
})

test('who came and went before anybody asked has been there', async () => {
  const [bob, carol] = [away.somebody(), away.somebody()]
  for (const userId of [bob, carol]) await away.miss(userId)
  away.clock += MINUTE_MS
  away.connected.set(bob, away.clock)
  away.tellOf([bob])
  away.connected.delete(bob)
  await settle('bob was seen', async () => (await away.stateOf(bob))?.seen, 20_000)
  await away.stayAway([bob, carol], 59 * MINUTE_MS)
  await away.untilMailed(carol)
  expect(await away.ordersOf(bob)).toEqual([])
  await away.stayAway([bob], MINUTE_MS)
  await away.untilMailed(bob)
})

test('nobody is written to who has read it, has no verified address, or wants no digest', async () => {
  const [reader, unverified, unwilling, carol] = [
    away.somebody(),
    createId(),
    away.somebody(),
    away.somebody(),
  ]
  await away.engine.prefer(unwilling, { digest: false })
  for (const userId of [reader, unverified, unwilling, carol]) await away.miss(userId)
  away.missed.delete(reader)
  await away.stayAway([reader, unverified, unwilling, carol], HOUR_MS)
  await away.untilMailed(carol)
  await settle('the reader’s is withdrawn', async () => {
    const [order] = await away.ordersOf(reader)
    return order?.state === 'unwanted'
  })
  expect(await Promise.all([away.ordersOf(unverified), away.ordersOf(unwilling)])).toEqual([[], []])
  expect([...away.mailsTo(reader), ...away.mailsTo(unwilling)]).toEqual([])
  expect(await away.engine.metrics()).toMatch(
    /chatapp_notifications_digests_total\{outcome="switched-off"\} 1/,
  )
})

test('own reading and muted conversations, or those of level nothing, make no digest', async () => {
  const userIds = [away.somebody(), away.somebody(), away.somebody(), away.somebody()]
  const [muted = '', silent = '', read = '', uncalled = ''] = userIds
  const sentAt = new Date(away.clock).toISOString()
  const until = new Date(away.clock + HOUR_MS).toISOString()
  await away.engine.changed([
    notice({ to: muted, sentAt, addressee: { mutedUntil: until } }),
    notice({ to: silent, sentAt, addressee: { level: 'nothing' } }),
    notice({ to: read, sentAt, addressee: { readPosition: 1 } }),
    notice({ to: uncalled, sentAt, addressee: { calling: undefined } }),
  ])
  expect(await Promise.all(userIds.map((userId) => away.stateOf(userId)))).toEqual(
    userIds.map(() => undefined),
  )
})

test('there is one digest in a period, and it tells of what is new', async () => {
  const bob = away.somebody()
  await away.miss(bob, { text: 'Who has the stove' })
  await away.stayAway([bob], HOUR_MS)
  await away.untilMailed(bob)
  away.clock += MINUTE_MS
  await away.miss(bob, { text: 'And the tent' })
  await away.stayAway([bob], 50 * MINUTE_MS)
  expect(await away.ordersOf(bob)).toHaveLength(1)
  await away.stayAway([bob], 10 * MINUTE_MS)
  const second = await away.untilMailed(bob, 2)
  expect(second?.text).toContain('And the tent')
  expect(second?.text).not.toContain('stove')
})

test('while the mail server is away one digest waits, and then tells of all', async () => {
  const bob = away.somebody()
  await away.mail.goAway()
  await away.miss(bob, { text: 'Who has the stove' })
  await away.stayAway([bob], HOUR_MS)
  await settle('it is ordered', async () => (await away.ordersOf(bob)).length === 1, 20_000)
  await away.miss(bob, { text: 'And the tent' })
  await away.stayAway([bob], 2 * HOUR_MS)
  expect(await away.ordersOf(bob)).toEqual([{ state: 'waiting' }])
  await away.mail.comeBack()
  away.clock += HOUR_MS
  const digest = await away.untilMailed(bob)
  expect(digest?.text).toMatch(/Who has the stove[\s\S]+And the tent/)
  expect(away.mailsTo(bob)).toHaveLength(1)
})

test('two processes order and send each digest once', async () => {
  await using _second = await away.open(away.engine)
  const people = Array.from({ length: 40 }, () => away.somebody())
  for (const userId of people) await away.miss(userId)
  await away.stayAway(people, HOUR_MS)
  await Promise.all(people.map((userId) => away.untilMailed(userId)))
  const rows = await away.engine.sql`
    select state, count(*)::int as count from notifications.mails
    where user_id = any(${people}::uuid[]) group by state`
  expect(rows).toEqual([{ state: 'sent', count: 40 }])
  expect(people.map((userId) => away.mailsTo(userId).length)).toEqual(people.map(() => 1))
})

test('in quiet hours nothing is sent', async () => {
  const [bob, carol] = [away.somebody(), away.somebody()]
  const hour = (at: number) => new Date(at).toISOString().slice(11, 16)
  const quiet = { from: hour(away.clock), to: hour(away.clock + 3 * HOUR_MS), timeZone: 'UTC' }
  await away.engine.prefer(bob, { doNotDisturb: quiet })
  await away.miss(bob)
  await away.miss(carol)
  await away.stayAway([bob, carol], 2 * HOUR_MS)
  await away.untilMailed(carol)
  expect(await away.ordersOf(bob)).toEqual([])
  await away.stayAway([bob], 2 * HOUR_MS)
  await away.untilMailed(bob)
})
