import { routes, type Session } from '@chatapp/protocol'
import { memoryLimits } from '@chatapp/service-kit'
import { expect, test } from 'vitest'
import { openWorld, PASSWORD, type World } from './world.ts'

const NEW = 'a wholly new pass phrase'
const ADDRESS = 'alice@example.org'
const MINUTE_MS = 60_000

/** What the service that sends mail would do with all that is ordered. */
async function collect({ users }: World) {
  const orders = await users.api.waitingMails()
  await users.api.mailsTaken(orders.map(({ id }) => id))
  return Promise.all(
    orders.map(async ({ id, kind }) => ({ id, kind, ...(await users.api.openMail(id)) })),
  )
}

async function onlyToken(world: World): Promise<string> {
  const mails = await collect(world)
  expect(mails).toHaveLength(1)
  return mails[0]?.token ?? 'none'
}

const ask = (world: World, email = ADDRESS) =>
  world.send(routes.askPasswordReset, { body: { email } })

const reset = (world: World, token: string, newPassword = NEW) =>
  world.send(routes.resetPassword, { params: { token }, body: { newPassword } })

const verify = (world: World, token: string) =>
  world.send(routes.verifyEmail, { params: { token } })

const own = (world: World, { accessToken: token }: Session) =>
  world.ask(routes.getOwnUser, { token })

/** With a verified address. */
async function alice(world: World): Promise<Session> {
  const session = await world.register('alice', { email: ADDRESS })
  expect((await verify(world, await onlyToken(world))).status).toBe(204)
  return session
}

test('a link of a mail sets a new password once and ends all sessions', async () => {
  await using world = await openWorld()
  const session = await alice(world)
  expect((await ask(world, ADDRESS.toUpperCase())).status).toBe(204)
  const token = await onlyToken(world)
  expect((await reset(world, token)).status).toBe(204)
  expect(await world.isAccepted(session)).toBe(false)
  await world.login('alice', NEW)
  expect((await reset(world, token, PASSWORD)).status).toBe(404)
  await world.login('alice', NEW)
})

test('of two uses of a link at once one counts', async () => {
  await using world = await openWorld()
  await alice(world)
  await ask(world)
  const token = await onlyToken(world)
  const answers = await Promise.all([1, 2, 3].map((n) => reset(world, token, `${NEW} ${n}`)))
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404])
})

test('a password that is too weak does not cost the link', async () => {
  await using world = await openWorld()
  await alice(world)
  await ask(world)
  const token = await onlyToken(world)
  const refused = { params: { token }, body: { newPassword: 'password1' } }
  expect(await world.refusal(routes.resetPassword, refused)).toMatchObject({
    errors: [{ path: 'newPassword' }],
  })
  expect((await reset(world, token)).status).toBe(204)
})

test('a link ends after an hour, with the next password, and with the address', async () => {
  await using world = await openWorld()
  const session = await alice(world)
  await ask(world)
  const late = await onlyToken(world)
  world.clock.now += 61 * MINUTE_MS
  expect((await reset(world, late)).status).toBe(404)

  await ask(world)
  await ask(world)
  const [first, second] = await collect(world)
  expect((await reset(world, first?.token ?? '')).status).toBe(204)
  expect((await reset(world, second?.token ?? '', PASSWORD)).status).toBe(404)

  const again = await world.login('alice', NEW)
  await ask(world)
  const older = await onlyToken(world)
  await world.ask(routes.changePassword, {
    token: again.accessToken,
    body: { currentPassword: NEW, newPassword: PASSWORD },
  })
  expect((await reset(world, older)).status).toBe(404)

  await ask(world)
  const ofOldAddress = await onlyToken(world)
  const token = (await world.login('alice')).accessToken
  await world.ask(routes.updateOwnUser, { token, body: { email: 'new@example.org' } })
  expect((await reset(world, ofOldAddress)).status).toBe(404)
  expect(await world.isAccepted(session)).toBe(false)
})

test('nobody learns whether an address has an account', async () => {
  await using world = await openWorld()
  await alice(world)
  const known = await ask(world)
  const unknown = await ask(world, 'nobody@example.org')
  const shown = ({ status, headers }: Response) => [status, [...headers.keys()].sort()]
  expect(shown(unknown)).toEqual(shown(known))
  expect(await unknown.text()).toBe(await known.text())
  expect((await collect(world)).map(({ mailbox }) => mailbox?.address)).toEqual([ADDRESS])
  const rows = await world.sql`select * from users.audit where event = 'password-reset-asked'`
  expect(rows.map((row) => row.user_id)).toEqual([null, null])
})

test('asking is limited alike for addresses with and without an account', async () => {
  await using world = await openWorld(memoryLimits)
  await world.register('alice', { email: ADDRESS })
  for (const email of [ADDRESS, 'nobody@example.org']) {
    const statuses = []
    for (let i = 0; i < 4; i++) statuses.push((await ask(world, email)).status)
    expect(statuses).toEqual([204, 204, 204, 429])
  }
})

test('a closed account gets no link, and everybody with the address gets one', async () => {
  await using world = await openWorld()
  for (const name of ['alice', 'bob', 'carol']) await world.register(name, { email: ADDRESS })
  await world.users.accounts.deactivate('bob')
  await collect(world)
  await ask(world)
  const names = (await collect(world)).map(({ mailbox }) => mailbox?.username)
  expect(names.sort()).toEqual(['alice', 'carol'])
})

test('the tables hold no token that works', async () => {
  await using world = await openWorld()
  await alice(world)
  await ask(world)
  const token = await onlyToken(world)
  const rows = await world.sql`select t.*, m.* from users.mail_tokens t join users.mails m on true`
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain(token)
  expect(rows[0]?.token_hash).toHaveLength(32)
  expect(token).toMatch(/^[\w-]{43}$/)
})

test('each try to send has a link of its own, and any of them works', async () => {
  await using world = await openWorld()
  await alice(world)
  await ask(world)
  const [order] = await world.users.api.waitingMails()
  const first = await world.users.api.openMail(order?.id ?? '')
  const second = await world.users.api.openMail(order?.id ?? '')
  expect(second?.token).not.toBe(first?.token)
  expect((await reset(world, first?.token ?? '')).status).toBe(204)
  expect((await reset(world, second?.token ?? '')).status).toBe(404)
  expect(await world.users.api.openMail(order?.id ?? '')).toBeNull()
})

test('an address counts as verified once its holder has said so', async () => {
  await using world = await openWorld()
  const session = await world.register('alice', { email: ADDRESS })
  expect(await own(world, session)).toMatchObject({ email: ADDRESS, emailVerified: false })
  expect(await world.users.api.mailboxes([session.user.id])).toEqual([])
  const token = await onlyToken(world)
  expect((await verify(world, token)).status).toBe(204)
  expect(await own(world, session)).toMatchObject({ emailVerified: true })
  expect((await verify(world, token)).status).toBe(404)
  expect(await world.users.api.mailboxes([session.user.id])).toMatchObject([{ address: ADDRESS }])
})

test('another address is to be verified anew, and the old one is told', async () => {
  await using world = await openWorld()
  const session = await alice(world)
  const edit = (body: object) =>
    world.ask(routes.updateOwnUser, { token: session.accessToken, body })
  expect(await edit({ email: 'new@example.org' })).toMatchObject({ emailVerified: false })
  const mails = (await collect(world)).map(({ kind, mailbox }) => [kind, mailbox?.address])
  expect(mails.toSorted()).toEqual([
    ['email-changed', ADDRESS],
    ['email-verification', 'new@example.org'],
  ])
  expect(await edit({ bio: 'hi', email: 'new@example.org' })).toMatchObject({ bio: 'hi' })
  expect(await collect(world)).toEqual([])
  await edit({ email: null })
  expect((await collect(world)).map(({ kind }) => kind)).toEqual(['email-changed'])
})

test('a link to an address that was changed meanwhile verifies nothing', async () => {
  await using world = await openWorld()
  const session = await world.register('alice', { email: ADDRESS })
  const token = await onlyToken(world)
  const edit = (email: string) =>
    world.ask(routes.updateOwnUser, { token: session.accessToken, body: { email } })
  await edit('new@example.org')
  expect((await verify(world, token)).status).toBe(404)
  expect(await own(world, session)).toMatchObject({ emailVerified: false })
})

test('the mail of a verification is sent again on demand, within limits', async () => {
  await using world = await openWorld(memoryLimits)
  const { accessToken: token } = await world.register('alice')
  const again = () => world.send(routes.askEmailVerification, { token })
  expect((await again()).status).toBe(409)
  await world.ask(routes.updateOwnUser, { token, body: { email: ADDRESS } })
  await collect(world)
  const statuses = []
  for (let i = 0; i < 10; i++) statuses.push((await again()).status)
  expect(statuses).toEqual([...Array(9).fill(204), 429])
  const [mail] = await collect(world)
  expect((await verify(world, mail?.token ?? '')).status).toBe(204)
  expect((await again()).status).toBe(409)
})

test('a new password by mail also verifies the address that the mail went to', async () => {
  await using world = await openWorld()
  await world.register('alice', { email: ADDRESS })
  await collect(world)
  await ask(world)
  await reset(world, await onlyToken(world))
  expect(await own(world, await world.login('alice', NEW))).toMatchObject({ emailVerified: true })
})

test('orders that nobody takes are forgotten when they are too old', async () => {
  await using world = await openWorld()
  await world.register('alice', { email: ADDRESS })
  await ask(world)
  world.clock.now += 25 * 60 * MINUTE_MS
  expect(await world.users.api.waitingMails()).toEqual([])
  await world.users.start()
  await expect.poll(() => world.sql`select 1 from users.mails`).toHaveLength(0)
})
