import { hasRedis, settle, startRedis, watchForLeaks } from '@chatapp/dev-env'
import type { ConversationEvent } from '@chatapp/protocol'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  type Bus,
  connectRedis,
  createInProcessBus,
  createLogger,
  createMetrics,
  createRedisBus,
} from '../src/index.ts'

const log = createLogger('silent')
const frame = (conversationId: string, version: number): ConversationEvent => ({
  type: 'frame',
  conversationId,
  version,
  json: `{"text":"Größe ${version} 🎉"}`,
})

/** What every bus promises; `from` and `to` may be the same one or two of one installation. */
function behavesLikeABus(open: () => Promise<{ from: Bus; to: Bus }>): void {
  test('gives what is published to those who listen, unchanged', async () => {
    const { from, to } = await open()
    const seen: ConversationEvent[] = []
    await to.subscribe('conversation:one', (event) => seen.push(event)).ready
    from.publish('conversation:one', frame('one', 1))
    from.publish('conversation:two', frame('two', 1))
    await settle('it arrives', () => seen.length > 0)
    expect(seen).toEqual([frame('one', 1)])
  })

  test('keeps the order of each topic', async () => {
    const { from, to } = await open()
    const seen = new Map<string, number[]>([
      ['one', []],
      ['two', []],
    ])
    for (const id of seen.keys()) {
      const note = (event: ConversationEvent) =>
        event.type === 'frame' && seen.get(id)?.push(event.version)
      await to.subscribe(`conversation:${id}`, note).ready
    }
    const versions = Array.from({ length: 2000 }, (_, i) => i + 1)
    for (const version of versions)
      for (const id of seen.keys()) from.publish(`conversation:${id}`, frame(id, version))
    await settle('all of it arrives', () => seen.get('two')?.length === 2000)
    expect(seen.get('one')).toEqual(versions)
    expect(seen.get('two')).toEqual(versions)
  })

  test('gives an event to each of several listeners once', async () => {
    const { from, to } = await open()
    const seen: string[] = []
    const first = to.subscribe('profiles', ({ userId }) => seen.push(`first ${userId}`))
    const second = to.subscribe('profiles', ({ userId }) => seen.push(`second ${userId}`))
    await Promise.all([first.ready, second.ready])
    from.publish('profiles', { type: 'profile-changed', userId: 'alice' })
    await settle('both have it', () => seen.length >= 2)
    first.unsubscribe()
    from.publish('profiles', { type: 'profile-changed', userId: 'bob' })
    await settle('the second has it', () => seen.length >= 3)
    expect(seen).toEqual(['first alice', 'second alice', 'second bob'])
  })

  test('gives nothing to one who has left, and all to one who has come back at once', async () => {
    const { from, to } = await open()
    const seen: string[] = []
    const early = to.subscribe('profiles', ({ userId }) => seen.push(`early ${userId}`))
    await early.ready
    early.unsubscribe()
    const late = to.subscribe('profiles', ({ userId }) => seen.push(`late ${userId}`))
    await late.ready
    from.publish('profiles', { type: 'profile-changed', userId: 'alice' })
    await settle('it arrives', () => seen.length > 0)
    expect(seen).toEqual(['late alice'])
  })

  test('says that it is whole', async () => {
    const { from, to } = await open()
    expect([from.isWhole, to.isWhole]).toEqual([true, true])
  })
}

describe('the bus of one process', () => {
  behavesLikeABus(async () => {
    const bus = createInProcessBus()
    onTestFinished(() => bus[Symbol.asyncDispose]())
    return { from: bus, to: bus }
  })
})

describe.skipIf(!hasRedis())('the bus over Redis', () => {
  let server: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  async function openBus(graceMs?: number) {
    const redis = await connectRedis({ url: server.url, name: 'test', log })
    const bus = createRedisBus({
      redis,
      log,
      metrics: createMetrics(),
      ...(graceMs && { graceMs }),
    })
    onTestFinished(async () => {
      await bus[Symbol.asyncDispose]()
      await redis[Symbol.asyncDispose]()
    })
    return { redis, bus }
  }

  describe('within one process', () => {
    behavesLikeABus(async () => {
      const { bus } = await openBus()
      return { from: bus, to: bus }
    })
  })

  describe('from one process to another', () => {
    behavesLikeABus(async () => ({ from: (await openBus()).bus, to: (await openBus()).bus }))
  })

  test('channels are closed some time after the last one left', async () => {
    const { bus } = await openBus(20)
    const listening = () => server.cli('pubsub', 'shardchannels', 'chatapp:profiles')
    const one = bus.subscribe('profiles', () => undefined)
    const two = bus.subscribe('profiles', () => undefined)
    await Promise.all([one.ready, two.ready])
    one.unsubscribe()
    expect(listening()).toBe('chatapp:profiles')
    two.unsubscribe()
    await settle('the channel is closed', () => listening() === '')
  })

  test('a listener that fails harms neither the sender nor the other listeners', async () => {
    const { bus } = await openBus()
    const seen: string[] = []
    bus.subscribe('profiles', () => {
      throw new Error('on purpose')
    })
    await bus.subscribe('profiles', ({ userId }) => seen.push(userId)).ready
    bus.publish('profiles', { type: 'profile-changed', userId: 'alice' })
    expect(seen).toEqual(['alice'])
  })

  test('without Redis the own process goes on, and afterwards everybody is told of the gap', async () => {
    const [one, two] = [await openBus(), await openBus()]
    const seen: string[] = []
    const gaps: string[] = []
    one.bus.onRecovery(() => gaps.push('one'))
    two.bus.onRecovery(() => gaps.push('two'))
    await one.bus.subscribe('profiles', ({ userId }) => seen.push(`one ${userId}`)).ready
    await two.bus.subscribe('profiles', ({ userId }) => seen.push(`two ${userId}`)).ready

    await server.stop()
    await settle('it is noticed', () => !one.bus.isWhole && !two.bus.isWhole)
    one.bus.publish('profiles', { type: 'profile-changed', userId: 'alice' })
    await one.bus.subscribe('sessions', () => undefined).ready
    expect(seen).toEqual(['one alice'])
    await expect(one.redis.check()).rejects.toThrow('Redis is away')

    await server.start()
    await settle('it is mended', () => one.bus.isWhole && two.bus.isWhole, 15_000)
    await settle('both know', () => gaps.includes('one') && gaps.includes('two'))
    two.bus.publish('profiles', { type: 'profile-changed', userId: 'bob' })
    await settle('it works again', () => seen.includes('one bob'))
    await one.redis.check()
  })

  test('listens to all that is subscribed to while it comes back', async () => {
    const { bus } = await openBus()
    const heard = new Set<string>()
    await server.stop()
    await settle('it is noticed', () => !bus.isWhole)
    const subscribed: string[] = []
    const subscribing = (async () => {
      for (let i = 0; !bus.isWhole || i % 20 !== 0; i++) {
        const id = `late ${i}`
        subscribed.push(id)
        void bus.subscribe(`conversation:${id}`, () => heard.add(id)).ready
        // A turn of the timers, for there are far too many of the others.
        await new Promise((resolve) => setTimeout(resolve))
      }
    })()
    await server.start()
    await subscribing
    const other = await openBus()
    const tellAll = () => {
      const silent = subscribed.filter((id) => !heard.has(id))
      for (const id of silent) other.bus.publish(`conversation:${id}`, frame(id, 1))
      return silent.length === 0
    }
    await settle('all of it is heard', tellAll)
  })

  test('leaves nothing open', async () => {
    const checkLeaks = watchForLeaks()
    const redis = await connectRedis({ url: server.url, name: 'test', log })
    const bus = createRedisBus({ redis, log, metrics: createMetrics() })
    await bus.subscribe('profiles', () => undefined).ready
    await bus[Symbol.asyncDispose]()
    await redis[Symbol.asyncDispose]()
    await checkLeaks()
  })
})
