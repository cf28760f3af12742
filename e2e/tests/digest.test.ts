import {
  type MailServer,
  type Person,
  type Product,
  rawSocket,
  settle,
  startMailServer,
  startProduct,
} from '@chatapp/dev-env'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { findDigest, findWaiting, letADayPass, untilDigest, verifyAddress } from './absence.ts'

/** Each waits for seconds by design, on a busy machine for many. */
vi.setConfig({ testTimeout: 120_000 })

const PUBLIC_URL = 'https://chat.example.org'
let mail: MailServer
let product: Product
let alice: Person

beforeAll(async () => {
  mail = await startMailServer()
  product = await startProduct({ env: { SMTP_URL: mail.url, PUBLIC_URL } })
  alice = await product.person('alice')
  await alice.client.users.updateMe({ displayName: 'Alice' })
})
afterAll(async () => {
  await product[Symbol.asyncDispose]()
  await mail[Symbol.asyncDispose]()
})

async function openGroup(title: string, person: Person): Promise<string> {
  const userIds = [person.session.user.id]
  return (await alice.client.conversations.create({ title, userIds })).id
}

const say = (conversationId: string, data: string) =>
  alice.client.messages.send({ conversationId, data })

async function writeTo(person: Person, data: string): Promise<string> {
  const { id } = await alice.client.conversations.openDirect(person.session.user.id)
  await say(id, data)
  return id
}

test('a digest has what is unread, said, not muted, and in conversations that one is in', async () => {
  const bob = await product.person('bob')
  await verifyAddress(mail, bob)
  const direct = await writeTo(bob, 'The soup is ready')
  const groups = ['Trip', 'Read', 'Left', 'Muted', 'Unsent', 'Quiet'] as const
  const ids = await Promise.all(groups.map((title) => openGroup(title, bob)))
  const [trip = '', read = '', left = '', muted = '', , quiet = ''] = ids
  await say(trip, 'Not for anybody')
  const called = await Promise.all(ids.map((id) => say(id, 'Look, @bob')))
  await bob.client.messages.advance(read, { read: called[1]?.position ?? 0 })
  await bob.client.conversations.remove(left, bob.session.user.id)
  await bob.client.conversations.update(muted, { mutedUntil: '2999-01-01T00:00:00Z' })
  await alice.client.messages.unsend(called[4]?.id ?? '')
  await bob.client.conversations.update(quiet, { notify: 'nothing' })
  const digest = await untilDigest({ mail, product, person: bob })
  expect(digest.subject).toBe('2 messages wait for you')
  expect(digest.text).toContain(`Alice\n  The soup is ready\n  ${PUBLIC_URL}/c/${direct}/`)
  expect(digest.text).toContain(
    `Trip\n  Alice: Look, @bob\n  ${PUBLIC_URL}/c/${trip}/${called[0]?.position}\n`,
  )
  for (const title of groups.slice(1)) expect(digest.text).not.toContain(title)
})

test('answers and calls of everybody are told as well', async () => {
  const carol = await product.person('carol')
  await verifyAddress(mail, carol)
  const room = await openGroup('Trip', carol)
  const asked = await carol.client.messages.send({ conversationId: room, data: 'Who has the tent' })
  await alice.client.messages.send({ conversationId: room, data: 'Not me', replyTo: asked.id })
  await say(room, 'Has @all a spoon')
  const digest = await untilDigest({ mail, product, person: carol })
  expect(digest.text).toContain('  Alice: Not me\n  Alice: Has @all a spoon\n')
})

test('who is connected is not told by mail, and is once they are away', async () => {
  const dan = await product.person('dan')
  const address = await verifyAddress(mail, dan)
  const socket = rawSocket(product.url, dan.session.accessToken)
  await socket.next('welcome')
  await writeTo(dan, 'The soup is ready')
  await settle(
    'dan is seen',
    async () => {
      await letADayPass(product, dan)
      return (await findWaiting(product, dan))?.seen
    },
    60_000,
  )
  expect(await findWaiting(product, dan)).toMatchObject({ waiting: true })
  expect(findDigest(mail, address)).toBeUndefined()
  await socket[Symbol.asyncDispose]()
  await untilDigest({ mail, product, person: dan })
})

test('who was there for a moment, and read nothing, has been there', async () => {
  const frank = await product.person('frank')
  await writeTo(frank, 'The soup is ready')
  await settle('something waits', async () => (await findWaiting(product, frank))?.waiting, 60_000)
  const socket = rawSocket(product.url, frank.session.accessToken)
  await socket.next('welcome')
  await socket[Symbol.asyncDispose]()
  await settle('frank was seen', async () => (await findWaiting(product, frank))?.seen, 60_000)
})

test('a mail program unsubscribes with one click, a look at the link does not', async () => {
  const erin = await product.person('erin')
  await verifyAddress(mail, erin)
  await writeTo(erin, 'The soup is ready')
  const { headers } = await untilDigest({ mail, product, person: erin })
  expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
  const { origin, pathname } = new URL((headers['list-unsubscribe'] ?? '').slice(1, -1))
  expect(origin).toBe(PUBLIC_URL)
  const link = product.url + pathname
  const page = await fetch(link)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self'")
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect((await erin.client.notifications.preferences()).digest).toBe(true)
  for (const body of [new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), new FormData()]) {
    expect((await fetch(link, { method: 'POST', body })).status).toBe(200)
    expect((await erin.client.notifications.preferences()).digest).toBe(false)
  }
  const forged = link.replace(/\.[^.]+$/, `.${'A'.repeat(43)}`)
  expect((await fetch(forged, { method: 'POST' })).status).toBe(404)
  expect(product.log()).not.toContain(pathname)
})

test('without a mail server, or where digests are off, nobody waits for one', async () => {
  await using plain = await startProduct()
  await using off = await startProduct({
    env: { SMTP_URL: mail.url, PUBLIC_URL, MAIL_DIGEST: 'off' },
  })
  expect(await plain.client().server()).toEqual({ mail: false, digest: false })
  expect(await off.client().server()).toEqual({ mail: true, digest: false })
  expect(await product.client().server()).toEqual({ mail: true, digest: true })
})
