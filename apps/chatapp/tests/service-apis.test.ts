import { createTestDatabase, makeFolder, removeFolder, settle } from '@chatapp/dev-env'
import { type MessagesApi, messagesCalls, type UsersApi, usersCalls } from '@chatapp/protocol'
import {
  createHttpServer,
  createId,
  createInProcessBus,
  createLogger,
  createMessagesClient,
  createTokenVerifier,
  createUsersClient,
  serveCalls,
  Targets,
} from '@chatapp/service-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { Closers } from '../src/start/closers.ts'
import { withServices } from '../src/start/workshop.ts'

const log = createLogger('silent')
const serviceToken = 'the-token-of-the-services-in-tests'

interface Apis {
  users: UsersApi
  messages: MessagesApi
}

let direct: Apis
let accounts: { create(input: { username: string }): Promise<{ account: { id: string } }> }
const ending = Promise.withResolvers<void>()
let closed = Promise.resolve()

beforeAll(async () => {
  const database = await createTestDatabase()
  const directory = await makeFolder()
  const opened = Promise.withResolvers<void>()
  const config = readConfig({ CHATAPP_DATA_DIR: directory })
  closed = withServices(config, database, async ({ users, messages }) => {
    direct = { users: users.api, messages: messages.api }
    accounts = users.accounts
    opened.resolve()
    await ending.promise
  }).then(async () => {
    await database[Symbol.asyncDispose]()
    await removeFolder(directory)
  }, opened.reject)
  await opened.promise
})
afterAll(async () => {
  ending.resolve()
  await closed
})

/** The same services, asked over HTTP. */
async function remote(closers: Closers): Promise<Apis> {
  const bus = closers.add('the bus', createInProcessBus())
  const tokens = closers.add('tokens', createTokenVerifier({ users: direct.users, bus, log }))
  const app = createHttpServer({ log, tokens })
  serveCalls(app, { service: 'users', calls: usersCalls, api: direct.users, serviceToken, log })
  const served = { service: 'messages', calls: messagesCalls, api: direct.messages }
  serveCalls(app, { ...served, serviceToken, log })
  const urls = [await app.listen({ port: 0, host: '127.0.0.1' })]
  closers.defer('the server', () => app.close())
  const at = (service: string) => closers.add(service, new Targets(service, { urls, log }))
  return {
    users: createUsersClient({ targets: at('users'), serviceToken }),
    messages: createMessagesClient({ targets: at('messages'), serviceToken }),
  }
}

describe.each(['direct', 'by HTTP'])('the services asked %s', (form) => {
  const closers = new Closers(log)
  const name = `alice-${form.length}`
  let apis: Apis
  let alice = ''

  beforeAll(async () => {
    apis = form === 'direct' ? direct : await remote(closers)
    alice = (await accounts.create({ username: name })).account.id
    await apis.messages.registered([alice])
  })
  afterAll(() => closers[Symbol.asyncDispose]())

  const send = (data: string, clientId: string | null = createId()) =>
    apis.messages.send({ senderId: alice, conversationId: null, clientId, data, replyTo: null })

  test('know people by id and by name, and leave out whom they do not know', async () => {
    const [profile, ...rest] = await apis.users.profiles([createId(), alice])
    expect(profile).toMatchObject({ user: { id: alice, username: name }, hidesReads: false })
    expect(rest).toEqual([])
    expect(await apis.users.idsByUsername([name, 'constructor', '__proto__'])).toEqual([
      [name, alice],
    ])
  })

  test('name the keys that sign tokens, and the sessions that ended', async () => {
    expect(await apis.users.signingKeys()).toMatchObject([{ kty: 'OKP', crv: 'Ed25519' }])
    expect(await apis.users.endedSessions()).toEqual([])
    expect(await apis.users.liveSessions([createId()])).toEqual([])
  })

  test('tell the receipts of late, and no earlier ones', async () => {
    const bob = (await accounts.create({ username: `bob-${form.length}` })).account.id
    await apis.messages.registered([bob])
    const { conversationId, position } = (await send('to be read')).message
    await apis.messages.advance({ userId: bob, conversationId, read: position })
    const told = async (ms: number) => {
      const receipts = await apis.messages.receiptsWithin([conversationId], ms)
      return receipts
        .filter(({ fromUserId }) => fromUserId === bob)
        .map(({ json }) => JSON.parse(json))
    }
    const read = { type: 'receipt', conversationId, userId: bob, kind: 'read', position }
    expect(await told(60_000)).toMatchObject([read])
    await settle('some time passes', async () => (await told(1)).length === 0)
  })

  test('number sends in their order, and store a repeated one once', async () => {
    const sent = await Promise.all(Array.from({ length: 600 }, (_, i) => send(`${form} ${i}`)))
    const positions = sent.map(({ message }) => message.position)
    expect(positions).toEqual(positions.toSorted((a, b) => a - b))
    const first = await send('once', 'the same')
    expect(first.created).toBe(true)
    const again = await send('once', 'the same')
    expect(again).toEqual({ ...first, created: false })
    expect((await send('without an id', null)).message.clientId).not.toBe('')
  })

  test('refuse with the same code and the same words', async () => {
    await send('one text', 'taken')
    await expect(send('another text', 'taken')).rejects.toMatchObject({ code: 'conflict' })
    const far = { userId: alice, conversationId: createId(), read: 1 }
    await expect(apis.messages.advance(far)).rejects.toMatchObject({ code: 'not-found' })
    const { message } = await send('the last one')
    const beyond = { ...far, conversationId: message.conversationId, read: message.position + 1 }
    await expect(apis.messages.advance(beyond)).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ path: 'read', message: expect.stringContaining('the last position') }],
    })
  })

  test('tell standings, heads, what was missed, and sync', async () => {
    const { message } = await send('news')
    const { conversationId, version } = message
    const [standing] = await apis.messages.standings(alice)
    expect(standing).toMatchObject({ conversationId, userId: alice })
    expect(await apis.messages.heads([conversationId, createId()])).toEqual({
      [conversationId]: version,
    })
    const missed = await apis.messages.missed(conversationId, version - 1)
    expect(missed).toMatchObject({ version, frames: [{ type: 'frame', version }] })
    const sync = await apis.messages.sync(alice, { [conversationId]: version - 1 })
    expect(sync.conversations).toMatchObject([{ id: conversationId, changes: [message] }])
    await apis.messages.typing(alice, conversationId)
    await expect(apis.messages.typing(createId(), conversationId)).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
