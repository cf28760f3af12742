import { expect, test } from 'vitest'
import { assertMayReach, ForbiddenAddress, guardedLookup, mayReach } from './addresses.ts'

test('private networks are reached only when that is allowed, link-local ones never', () => {
  for (const [address, strictly, privateToo] of [
    ['93.184.216.34', true, true],
    ['2606:2800:220:1::1', true, true],
    ['127.0.0.1', false, true],
    ['10.1.2.3', false, true],
    ['172.31.255.255', false, true],
    ['192.168.0.1', false, true],
    ['100.64.0.1', false, true],
    ['0.0.0.0', false, true],
    ['::1', false, true],
    ['fd00::1', false, true],
    ['::ffff:10.0.0.1', false, true],
    ['2002:0a00:0001::', false, true],
    ['64:ff9b::a00:1', false, true],
    ['169.254.169.254', false, false],
    ['::ffff:169.254.169.254', false, false],
    ['fe80::1', false, false],
  ] as const) {
    expect([mayReach(address, false), mayReach(address, true)], address).toEqual([
      strictly,
      privateToo,
    ])
  }
})

test('an address in the URL is judged as it is', () => {
  expect(() => assertMayReach(new URL('https://[::1]:9/x'), false)).toThrow(ForbiddenAddress)
  expect(() => assertMayReach(new URL('https://2130706433/'), false)).toThrow(ForbiddenAddress)
  assertMayReach(new URL('https://push.example/'), false)
})

test('a name that leads to a private address is not connected to', async () => {
  const { promise, resolve } = Promise.withResolvers<Error | null>()
  guardedLookup(false)('localhost', { all: true }, resolve)
  expect(await promise).toBeInstanceOf(ForbiddenAddress)
})
