import { expect, test } from 'vitest'
import { readDatabaseConfig } from './database-config.ts'

const MAIN = 'postgres://db/chatapp'
const OWN = 'postgres://own/messages'

test('who has no database of its own shares the common one, with its ways around', () => {
  const { databases } = readDatabaseConfig({
    DATABASE_URL: MAIN,
    DATABASE_DIRECT_URL: 'postgres://direct/chatapp',
    DATABASE_REPLICA_URL: 'postgres://copy/chatapp',
    NOTIFICATIONS_DATABASE_URL: 'postgres://own/notifications',
  })
  expect(databases.users).toMatchObject({ url: MAIN, directUrl: 'postgres://direct/chatapp' })
  expect(databases.users?.replicaUrl).toBeUndefined()
  expect(databases.messages?.replicaUrl).toBe('postgres://copy/chatapp')
  expect(databases.notifications).toMatchObject({ url: 'postgres://own/notifications' })
  expect(databases.notifications?.directUrl).toBeUndefined()
})

test('a database of its own never reads the copy of another one', () => {
  const urls = { DATABASE_URL: MAIN, MESSAGES_DATABASE_URL: OWN }
  const shared = readDatabaseConfig({ ...urls, DATABASE_REPLICA_URL: 'postgres://copy/chatapp' })
  expect(shared.databases.messages?.replicaUrl).toBeUndefined()
  const own = readDatabaseConfig({ ...urls, MESSAGES_DATABASE_REPLICA_URL: 'postgres://copy/m' })
  expect(own.databases.messages?.replicaUrl).toBe('postgres://copy/m')
})

test('without a URL the embedded PostgreSQL serves', () => {
  expect(readDatabaseConfig({}).databases).toEqual({})
})

test('a copy of no database is refused with a sentence', () => {
  expect(() => readDatabaseConfig({ DATABASE_REPLICA_URL: MAIN })).toThrow(
    'DATABASE_REPLICA_URL is of no use without DATABASE_URL; set that too',
  )
})
