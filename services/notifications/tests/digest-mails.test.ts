import { createId } from '@chatapp/service-kit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Absences, HOUR_MS, openAbsences } from './absences.ts'

/** People are looked at once a second, on a busy machine later. */
vi.setConfig({ testTimeout: 120_000 })

let away: Absences
beforeAll(async () => {
  away = await openAbsences()
})
afterAll(() => away[Symbol.asyncDispose]())

test('what people write is text, not HTML, and more than a mail holds is counted', async () => {
  const bob = away.somebody({ displayName: '<i>Bob</i>', language: 'de-AT' })
  const conversationId = createId()
  const said = { conversationId, title: 'Camping & "more"', senderName: '<b>Eve</b>' }
  for (let position = 1; position <= 32; position++)
    await away.miss(bob, {
      ...said,
      position,
      text: `<script>alert(${position})</script>\n<img src=x>`,
    })
  await away.stayAway([bob], HOUR_MS)
  const digest = await away.untilMailed(bob)
  expect(digest?.subject).toBe('32 Nachrichten warten auf dich')
  expect(digest?.html).toContain('Hallo &lt;i&gt;Bob&lt;/i&gt;')
  expect(digest?.html).toContain('Camping &amp; &quot;more&quot;')
  expect(digest?.html).toContain('&lt;b&gt;Eve&lt;/b&gt;: &lt;script&gt;alert(32)')
  expect(digest?.html).not.toMatch(/<script|<img|<b>|<i>/)
  expect(digest?.text).toContain('… und 12 weitere.')
  expect(digest?.text).not.toContain('alert(12)')
})

test('a digest says no more than its receiver wants to be told', async () => {
  const [sender, nothing] = [away.somebody(), away.somebody()]
  await away.engine.prefer(sender, { payload: 'sender' })
  await away.engine.prefer(nothing, { payload: 'none' })
  for (const userId of [sender, nothing]) await away.miss(userId, { title: 'Camping' })
  await away.stayAway([sender, nothing], HOUR_MS)
  const [some, none] = [await away.untilMailed(sender), await away.untilMailed(nothing)]
  expect(some?.text).toContain('Camping\n  From Alice\n')
  expect(JSON.stringify([some, none])).not.toContain('soup')
  expect(JSON.stringify(none)).not.toMatch(/Alice|Camping/)
  expect(none?.text).toContain('A message waits for you.')
})

test('one click of a mail program ends the digests, as often as it likes; a look does not', async () => {
  const bob = away.somebody()
  await away.miss(bob)
  await away.stayAway([bob], HOUR_MS)
  const link = (await away.untilMailed(bob))?.headers['list-unsubscribe'] ?? ''
  const url = new URL(link.slice(1, -1)).pathname
  const wants = async () => {
    const rows = await away.engine.sql`
      select 1 from notifications.preferences where user_id = ${bob} and not digest`
    return rows.length === 0
  }
  const page = await away.engine.visit({ method: 'GET', url, headers: { 'accept-language': 'de' } })
  expect(page).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' })
  expect(page.text).toContain('<form method="post">')
  expect(page.text).toContain('Ja, keine Mails mehr')
  expect(await wants()).toBe(true)
  const clicks = [
    ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    ['multipart/form-data; boundary=x', '--x\r\n\r\nOne-Click\r\n--x--\r\n'],
    ['application/x-www-form-urlencoded', ''],
  ] as const
  for (const [type, payload] of clicks) {
    const answer = await away.engine.visit({
      ...{ method: 'POST', url, payload },
      headers: { 'content-type': type },
    })
    expect([answer.status, answer.text.includes('no more mails')]).toEqual([200, true])
    expect(await wants()).toBe(false)
  }
})

test('a link that was not made by us, or for somebody else, ends nothing', async () => {
  const [bob, carol] = [away.somebody(), away.somebody()]
  await away.miss(bob)
  await away.stayAway([bob], HOUR_MS)
  const link = (await away.untilMailed(bob))?.headers['list-unsubscribe'] ?? ''
  const [path = '', token = ''] = /^<(.*\/)([^/]+)>$/.exec(link)?.slice(1) ?? []
  const [, signature = ''] = token.split('.')
  const idOf = (userId: string) =>
    Buffer.from(userId.replaceAll('-', ''), 'hex').toString('base64url')
  const forged = [
    `${idOf(carol)}.${signature}`,
    `${idOf(bob)}.${'A'.repeat(43)}`,
    idOf(bob),
    token.slice(0, -1),
  ]
  for (const wrong of forged)
    for (const method of ['GET', 'POST'] as const) {
      const { status } = await away.engine.visit({ method, url: new URL(path).pathname + wrong })
      expect(status).toBe(404)
    }
  const rows = await away.engine.sql`
    select 1 from notifications.preferences where user_id = any(${[bob, carol]}::uuid[])`
  expect(rows).toEqual([])
})
