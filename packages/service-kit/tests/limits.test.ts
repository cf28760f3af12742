import { hasRedis, settle, startRedis } from '@chatapp/dev-env'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { connectRedis, createLogger, memoryLimits, redisLimits } from '../src/index.ts'

const log = createLogger('silent')
const allowance = { points: 2, perSeconds: 60 }
const refused = { code: 'rate-limited' }

function limits(open: () => Promise<typeof memoryLimits>): void {
  test('refuse what is beyond the allowance, for each key by itself', async () => {
    const limiter = (await open())('tries', allowance)
    await limiter.take('alice')
    await limiter.take('alice')
    await expect(limiter.take('alice')).rejects.toMatchObject(refused)
    await limiter.take('bob')
  })

  test('forgive', async () => {
    const limiter = (await open())('logins', allowance)
    await limiter.take('alice')
    await limiter.take('alice')
    await limiter.forgive('alice')
    await limiter.take('alice')
  })
}

describe('limits in memory', () => limits(async () => memoryLimits))

describe.skipIf(!hasRedis())('limits in Redis', () => {
  let server: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  async function open() {
    const redis = await connectRedis({ url: server.url, name: 'test', log })
    onTestFinished(() => redis[Symbol.asyncDispose]())
    return redis
  }

  limits(async () => {
    server.cli('flushall')
    return redisLimits(await open())
  })

  test('count over all processes', async () => {
    const [one, two] = [redisLimits(await open()), redisLimits(await open())]
    await one('shared', allowance).take('alice')
    await two('shared', allowance).take('alice')
    await expect(one('shared', allowance).take('alice')).rejects.toMatchObject(refused)
  })

  test('go on in each process while Redis is away', async () => {
    const redis = await open()
    const limiter = redisLimits(redis)('alone', allowance)
    await server.stop()
    await settle('it is noticed', () => !redis.isUp)
    await limiter.take('alice')
    await limiter.take('alice')
    await expect(limiter.take('alice')).rejects.toMatchObject(refused)
    await server.start()
    await settle('it is back', () => redis.isUp, 15_000)
  })
})
