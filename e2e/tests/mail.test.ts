import {
  type MailServer,
  type Person,
  type Product,
  settle,
  startMailServer,
  startProduct,
} from '@chatapp/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'

const NEW = 'a wholly new pass phrase'
const PUBLIC_URL = 'https://chat.example.org'
let mail: MailServer
let product: Product
beforeAll(async () => {
  mail = await startMailServer({ user: 'chat', pass: 'p@ss/word' })
  product = await startProduct({ env: { SMTP_URL: mail.url, PUBLIC_URL } })
})
afterAll(async () => {
  await product[Symbol.asyncDispose]()
  await mail[Symbol.asyncDispose]()
})

/** The mails to the address so far, as soon as there are so many. */
const mailsTo = (address: string, count = 1) =>
  settle(
    `mail to ${address}`,
    () => {
      const found = mail.mails.filter(({ to }) => to === address)
      return found.length >= count && found
    },
    20_000,
  )

const tokenOf = (text: string) => /#([\w-]{43})/.exec(text)?.[1] ?? 'none'

async function withAddress(name: string): Promise<Person & { address: string }> {
  const person = await product.person(name)
  const address = `${name}@example.org`
  await person.client.users.updateMe({ email: address })
  return { ...person, address }
}

test('a new address gets a mail whose link verifies it', async () => {
  const { client, address } = await withAddress('alice')
  const [sent] = await mailsTo(address)
  expect(sent?.headers).toMatchObject({
    from: 'ChatApp <no-reply@chat.example.org>',
    'reply-to': 'no-reply@chat.example.org',
    'auto-submitted': 'auto-generated',
  })
  expect(sent?.text).toContain(`${PUBLIC_URL}/verify-email#`)
  expect(sent?.html).toContain(`href="${PUBLIC_URL}/verify-email#`)
  await client.users.verifyEmail(tokenOf(sent?.text ?? ''))
  expect(await client.users.me()).toMatchObject({ email: address, emailVerified: true })
})

test('whoever forgot the password gets back in by mail, in their language', async () => {
  const { client, address, username, password } = await withAddress('bob')
  await client.users.updateMe({ preferences: { language: 'de' } })
  await mailsTo(address)
  const stranger = product.client()
  await stranger.users.askPasswordReset(address)
  const reset = (await mailsTo(address, 2))[1]
  expect(reset?.subject).toBe('Neues Passwort setzen')
  expect(reset?.text).toContain(`${PUBLIC_URL}/reset-password#`)
  await stranger.users.resetPassword(tokenOf(reset?.text ?? ''), NEW)
  await expect(stranger.users.login({ username, password })).rejects.toMatchObject({
    code: 'unauthenticated',
  })
  await stranger.users.login({ username, password: NEW })
})

test('names are shown as they are, not as HTML', async () => {
  const { client, address } = await withAddress('carol')
  await mailsTo(address)
  await client.users.updateMe({ displayName: '<b>Carol</b> & "co"' })
  await client.users.askEmailVerification()
  const again = (await mailsTo(address, 2))[1]
  expect(again?.html).toContain('&lt;b&gt;Carol&lt;/b&gt; &amp; &quot;co&quot;')
  expect(again?.html).not.toMatch(/<img|<script|src=/)
  expect(again?.text).toContain('<b>Carol</b> & "co"')
})

test('mail waits while the mail server is away, is sent once it is back, and then once only', async () => {
  await mail.goAway()
  const { address } = await withAddress('dan')
  await settle('it is said', () => product.log().includes('the mail server is not reached'), 20_000)
  expect((await fetch(`${product.url}/readyz`)).status).toBe(200)
  await mail.comeBack()
  const [sent] = await mailsTo(address)
  await withAddress('erin')
  await mailsTo('erin@example.org')
  expect(mail.mails.filter(({ to }) => to === address)).toEqual([sent])
  expect(product.log()).not.toContain(address)
  expect(product.log()).not.toContain(tokenOf(sent?.text ?? ''))
})

test('a recipient whom the mail server refuses for good is given up', async () => {
  mail.answers.set('frank@example.org', 550)
  await withAddress('frank')
  await settle('it is written down', () => /"outcome":"refused".*"status":550/.test(product.log()))
  expect(mail.mails.filter(({ to }) => to === 'frank@example.org')).toEqual([])
})

test('without a mail server nothing is sent and nothing fails', async () => {
  await using plain = await startProduct()
  const gina = await plain.person('gina')
  expect(await gina.client.server()).toEqual({ mail: false, digest: false })
  await gina.client.users.updateMe({ email: 'gina@example.org' })
  await gina.client.users.askPasswordReset('gina@example.org')
  expect(await product.client().server()).toEqual({ mail: true, digest: true })
})
