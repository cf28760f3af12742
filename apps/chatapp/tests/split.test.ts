import {
  createTestDatabase,
  hasRedis,
  type SpawnedSplit,
  type SplitProcess,
  settle,
  spawnSplit,
  type TestDatabase,
} from '@chatapp/dev-env'
import { type Client, createClient } from '@chatapp/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const PASSWORD = 'a pass phrase for tests'

describe.skipIf(!hasRedis())('two processes of each service', () => {
  let database: TestDatabase
  let split: SpawnedSplit
  let alice: Client
  let bob: Client
  let roomId = ''

  beforeAll(async () => {
    database = await createTestDatabase()
    split = await spawnSplit(database)
    const [first = '', second = ''] = split.urls
    alice = createClient({ url: first })
    bob = createClient({ url: second })
    await alice.users.register({ username: 'alice', password: PASSWORD })
    const { user } = await bob.users.register({ username: 'bob', password: PASSWORD })
    const room = await alice.conversations.create({ title: 'Room', userIds: [user.id] })
    roomId = room.id
  }, 180_000)
  afterAll(async () => {
    await alice?.close()
    await bob?.close()
    await split?.[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  const processOf = (part: SplitProcess['part'], nth: number): SplitProcess => {
    const found = split.processes.filter((one) => one.part === part)[nth]
    if (!found) throw new Error(`there is no ${part} ${nth}`)
    return found
  }
  const send = (from: Client, data: string) => from.messages.send({ conversationId: roomId, data })
  const textsOf = async (reader: Client) => {
    const { items } = await reader.messages.history(roomId, { limit: 200 })
    return items.flatMap((message) => (message.kind === 'text' ? [message.data] : []))
  }

  test('serve people of both gateways, whichever process signed their tokens', async () => {
    await send(alice, 'from the first')
    await send(bob, 'from the second')
    expect(await textsOf(alice)).toEqual(['from the first', 'from the second'])
    expect(await textsOf(bob)).toEqual(await textsOf(alice))
  })

  test('tell at /readyz what they need, and keep their calls to themselves', async () => {
    const readiness = async ({ url }: SplitProcess) => (await fetch(`${url}/readyz`)).json()
    expect(await readiness(processOf('gateway', 0))).toMatchObject({
      checks: { users: 'ok', messages: 'ok', notifications: 'ok', redis: 'ok' },
    })
    expect(await readiness(processOf('messages', 1))).toMatchObject({
      checks: { messages: 'ok', users: 'ok', redis: 'ok' },
    })
    const call = { method: 'POST', body: '{"items":[[]]}' }
    for (const { part, url } of split.processes) {
      const answer = await fetch(`${url}/internal/users/endedSessions`, call)
      expect([part, answer.status]).toEqual([part, part === 'users' ? 401 : 404])
    }
  })

  test('go on when one of each is killed, and take it in again', async () => {
    for (const part of ['messages', 'users'] as const) {
      const killed = processOf(part, 0)
      killed.signal('SIGKILL')
      await killed.exit
      await Promise.all(Array.from({ length: 20 }, (_, i) => send(alice, `${part} ${i}`)))
      const texts = await textsOf(bob)
      expect(new Set(texts).size).toBe(texts.length)
      expect(texts.filter((text) => text?.startsWith(part))).toHaveLength(20)
      await split.again(killed)
    }
  })

  test('take messages while no process of users is there', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => send(alice, `@bob ${i}`)))
    const killed = [processOf('users', 0), processOf('users', 1)]
    for (const one of killed) {
      one.signal('SIGKILL')
      await one.exit
    }
    for (let i = 0; i < 20; i++) await send(alice, `@bob alone ${i}`)
    expect(await textsOf(bob)).toContain('@bob alone 19')
    for (const one of killed) await split.again(one)
  })

  test('end on SIGTERM with code 0', async () => {
    const ended = split.processes.filter(({ pid }) => isRunning(pid))
    for (const one of ended.toReversed()) {
      one.signal('SIGTERM')
      expect([one.part, await one.exit]).toEqual([one.part, 0])
    }
    await settle('all have ended', () => ended.every(({ pid }) => !isRunning(pid)))
  })
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
