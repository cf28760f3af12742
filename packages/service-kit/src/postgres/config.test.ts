import { expect, test } from 'vitest'
import { readPostgresSettings } from './config.ts'

test('without variables the limits suit one machine', () => {
  expect(readPostgresSettings({})).toEqual({
    poolSize: 10,
    connectTimeoutMs: 5_000,
    idleTimeoutMs: null,
    statementTimeoutMs: 15_000,
    lockTimeoutMs: 5_000,
    pooler: 'none',
  })
})

test('times have a unit, and can be off', () => {
  const settings = readPostgresSettings({
    DATABASE_POOL_SIZE: '25',
    DATABASE_CONNECT_TIMEOUT: '500ms',
    DATABASE_IDLE_TIMEOUT: '2min',
    DATABASE_STATEMENT_TIMEOUT: 'off',
    DATABASE_POOLER: 'transaction',
  })
  expect(settings).toMatchObject({
    poolSize: 25,
    connectTimeoutMs: 500,
    idleTimeoutMs: 120_000,
    statementTimeoutMs: null,
    pooler: 'transaction',
  })
})

test.each([
  ['DATABASE_POOL_SIZE', '0', 'must be a whole number from 2 to 500'],
  ['DATABASE_POOL_SIZE', 'many', 'must be a whole number from 2 to 500'],
  ['DATABASE_STATEMENT_TIMEOUT', '15', 'must be a time such as 500ms, 15s or 2min, or off'],
  ['DATABASE_LOCK_TIMEOUT', '0s', 'must be a time such as 500ms, 15s or 2min, or off'],
  ['DATABASE_POOLER', 'session', 'must be none or transaction'],
])('%s=%s is refused with a sentence', (name, value, sentence) => {
  expect(() => readPostgresSettings({ [name]: value })).toThrow(`${name} ${sentence}`)
})
