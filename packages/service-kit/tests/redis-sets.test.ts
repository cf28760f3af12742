import { hasRedis, settle, startRedisCluster, startRedisSentinel } from '@chatapp/dev-env'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connectRedis, createLogger, createMetrics, createRedisBus } from '../src/index.ts'

const log = createLogger('silent')
/** Each of three masters goes and comes back. */
const PATIENCE = { timeout: 120_000 }

async function openBus(url: string) {
  const redis = await connectRedis({ url, name: 'test', log })
  const bus = createRedisBus({ redis, log, metrics: createMetrics() })
  onTestFinished(async () => {
    await bus[Symbol.asyncDispose]()
    await redis[Symbol.asyncDispose]()
  })
  return { redis, bus }
}

describe.skipIf(!hasRedis())('several servers of Redis', () => {
  test('a cluster carries every topic, whichever of its nodes has it', async () => {
    await using cluster = await startRedisCluster()
    const [one, two] = [await openBus(cluster.url), await openBus(cluster.url)]
    const seen = new Set<string>()
    const ids = Array.from({ length: 60 }, (_, i) => `user${i}`)
    for (const id of ids) await two.bus.subscribe(`user:${id}`, () => seen.add(id)).ready
    for (const id of ids) one.bus.publish(`user:${id}`, { type: 'frame', json: '{}' })
    await settle('all of it arrives', () => seen.size === ids.length)
    for (const server of cluster.servers)
      expect(server.cli('pubsub', 'shardchannels').split('\n').length).toBeGreaterThan(1)
    await one.redis.command('some', (name) => ['SET', name, 'value'])
    expect(await two.redis.command('some', (name) => ['GET', name])).toBe('value')
  })

  test.for(['killed', 'silent'])(
    'a cluster of which one master is %s is away until it is back',
    PATIENCE,
    async (how) => {
      await using cluster = await startRedisCluster()
      const [one, two] = [await openBus(cluster.url), await openBus(cluster.url)]
      const seen = new Set<string>()
      const ids = Array.from({ length: 60 }, (_, i) => `user${i}`)
      for (const id of ids) await two.bus.subscribe(`user:${id}`, () => seen.add(id)).ready
      for (const master of cluster.servers) {
        if (how === 'killed') await master.stop()
        else process.kill(master.pid() ?? 0, 'SIGSTOP')
        await settle('it is noticed', () => !one.bus.isWhole && !two.bus.isWhole)
        if (how === 'killed') await master.start()
        else process.kill(master.pid() ?? 0, 'SIGCONT')
        await settle('it is mended', () => one.bus.isWhole && two.bus.isWhole, 40_000)
        seen.clear()
        for (const id of ids) one.bus.publish(`user:${id}`, { type: 'frame', json: '{}' })
        await settle('all of it arrives', () => seen.size === ids.length)
      }
    },
  )

  test('behind a sentinel the bus follows the master', async () => {
    await using set = await startRedisSentinel()
    const [one, two] = [await openBus(set.url), await openBus(set.url)]
    const seen: string[] = []
    await two.bus.subscribe('profiles', ({ userId }) => seen.push(userId)).ready
    one.bus.publish('profiles', { type: 'profile-changed', userId: 'alice' })
    await settle('it arrives', () => seen.includes('alice'))
    const [master, replica] = set.servers
    await master?.stop()
    await settle('it is noticed', () => !one.bus.isWhole && !two.bus.isWhole)
    await settle(
      'the replica has taken over',
      () => replica?.cli('role').startsWith('master') && one.bus.isWhole && two.bus.isWhole,
      30_000,
    )
    one.bus.publish('profiles', { type: 'profile-changed', userId: 'bob' })
    await settle('it arrives', () => seen.includes('bob'))
  }, 60_000)
})
