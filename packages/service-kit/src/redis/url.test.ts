import { describe, expect, test } from 'vitest'
import { findRedisTarget } from './url.ts'

describe('REDIS_URL', () => {
  test('names one server', () => {
    expect(findRedisTarget('redis://localhost')).toEqual({
      kind: 'single',
      node: { host: 'localhost', port: 6379 },
      database: 0,
      tls: false,
    })
    expect(findRedisTarget('rediss://app:s%40cret@cache.example.org:6380/3')).toEqual({
      kind: 'single',
      node: { host: 'cache.example.org', port: 6380 },
      database: 3,
      tls: true,
      username: 'app',
      password: 's@cret',
    })
    expect(findRedisTarget('redis://:secret@[::1]:7000')).toMatchObject({
      node: { host: '::1', port: 7000 },
      password: 'secret',
    })
  })

  test('names sentinels and the master that they know', () => {
    expect(findRedisTarget('redis+sentinel://one,two:26380/mymaster')).toEqual({
      kind: 'sentinel',
      sentinels: [
        { host: 'one', port: 26_379 },
        { host: 'two', port: 26_380 },
      ],
      master: 'mymaster',
      tls: false,
    })
  })

  test('names some nodes of a cluster', () => {
    expect(findRedisTarget('redis+cluster://one:7000,two:7001')).toMatchObject({
      kind: 'cluster',
      nodes: [
        { host: 'one', port: 7000 },
        { host: 'two', port: 7001 },
      ],
    })
  })

  test.each([
    'http://localhost',
    'redis://',
    'redis://one,two',
    'redis://localhost/name',
    'redis+sentinel://one',
    'redis+cluster://one/2',
    'redis+ring://one',
    'redis://localhost:port',
  ])('is not %s', (url) => {
    expect(findRedisTarget(url)).toBeUndefined()
  })
})
