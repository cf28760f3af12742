import { hasRedis, startRedis } from '@chatapp/dev-env'
import { describe, expect, test } from 'vitest'
import { connectRedis, createLogger, StartError } from '../src/index.ts'

const log = createLogger('silent')

describe.skipIf(!hasRedis())('a start without Redis', () => {
  test('ends at once with a sentence when the password is wrong', async () => {
    await using server = await startRedis()
    server.cli('config', 'set', 'requirepass', 'secret')
    const url = server.url.replace('://', '://:wrong@')
    const refused = connectRedis({ url, name: 'test', log })
    await expect(refused).rejects.toThrow(StartError)
    await expect(refused).rejects.toThrow(/^Redis can't be reached \(WRONGPASS.*check REDIS_URL$/)
    await using redis = await connectRedis({
      url: url.replace('wrong', 'secret'),
      name: 'test',
      log,
    })
    await redis.check()
  })

  test('waits, and goes on when Redis comes', async () => {
    await using server = await startRedis()
    await server.stop()
    const connecting = connectRedis({ url: server.url, name: 'test', log })
    await server.start()
    await using redis = await connecting
    await redis.check()
  })

  test('ends when it is asked to', async () => {
    await using server = await startRedis()
    await server.stop()
    const ending = new AbortController()
    const connecting = connectRedis({ url: server.url, name: 'test', log, signal: ending.signal })
    ending.abort(new Error('asked to end'))
    await expect(connecting).rejects.toThrow(/asked to end|aborted/)
  })
})
