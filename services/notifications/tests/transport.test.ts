import { type MailServer, startMailServer } from '@chatapp/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Letter, openTransport, type Transport } from '../src/mailing/transport.ts'

let server: MailServer
let transport: Transport
beforeAll(async () => {
  server = await startMailServer()
  transport = openTo(server)
})
afterAll(async () => {
  transport[Symbol.dispose]()
  await server[Symbol.asyncDispose]()
})

const openTo = ({ url }: MailServer, login?: { user: string; pass: string }) =>
  openTransport({
    host: '127.0.0.1',
    port: Number(new URL(url).port),
    encryption: 'offered',
    login,
  })

const letter: Letter = {
  messageId: '<1@chat.example.org>',
  from: 'ChatApp <no-reply@chat.example.org>',
  replyTo: 'no-reply@chat.example.org',
  to: 'alice@example.org',
  subject: 'Grüße 🌱 an alle, die lange, sehr lange weg waren und nichts davon wissen',
  text: 'Zwölf Boxkämpfer\nund ein = Zeichen',
  html: '<p>Zwölf &lt;Boxkämpfer&gt;</p>',
  headers: { 'Auto-Submitted': 'auto-generated' },
}

test('a mail arrives as it was written', async () => {
  expect(await transport.post(letter)).toEqual({ outcome: 'sent' })
  expect(server.mails.at(-1)).toMatchObject({
    to: letter.to,
    subject: letter.subject,
    text: expect.stringContaining(letter.text),
    html: expect.stringContaining(letter.html),
  })
  expect(server.mails.at(-1)?.headers).toMatchObject({
    from: letter.from,
    'message-id': letter.messageId,
    'auto-submitted': 'auto-generated',
  })
})

test('nothing written into an address becomes another recipient or header', async () => {
  const to = 'bob@example.org>\r\nBcc: eve@example.org\r\nX: <x'
  await transport.post({ ...letter, to })
  expect(JSON.stringify(server.mails.map((mail) => mail.headers))).not.toContain('"bcc"')
  expect(server.mails.map((mail) => mail.to)).not.toContain('eve@example.org')
})

test('a recipient that is refused for good is not one that is refused for now', async () => {
  server.answers.set('gone@example.org', 550).set('full@example.org', 452)
  expect(await transport.post({ ...letter, to: 'gone@example.org' })).toEqual({
    ...{ outcome: 'refused', status: 550, cause: 'EENVELOPE' },
  })
  expect(await transport.post({ ...letter, to: 'full@example.org' })).toEqual({
    ...{ outcome: 'failed', status: 452, cause: 'EENVELOPE' },
  })
})

test('a server that is away or refuses our password may take the mail another time', async () => {
  await using strict = await startMailServer({ user: 'chat', pass: 'right:@/' })
  using wrong = openTo(strict, { user: 'chat', pass: 'wrong' })
  expect(await wrong.post(letter)).toMatchObject({ outcome: 'failed', status: 535 })
  await expect(wrong.check()).rejects.toThrow()
  using right = openTo(strict, { user: 'chat', pass: 'right:@/' })
  expect(await right.post(letter)).toEqual({ outcome: 'sent' })
  await strict.goAway()
  expect(await right.post(letter)).toMatchObject({ outcome: 'failed', status: null })
  await strict.comeBack()
  expect(await right.post(letter)).toEqual({ outcome: 'sent' })
})
