import { createTestDatabase, watchForLeaks } from '@chatapp/dev-env'
import { connectPostgres } from '@chatapp/service-kit'
import { expect, test } from 'vitest'

const connect = (target: Parameters<typeof connectPostgres>[0]['target']) =>
  connectPostgres({ target, name: 'test', maxConnections: 1 })

test('every test database is empty and belongs to its test alone', async () => {
  const [first, second] = [await createTestDatabase(), await createTestDatabase()]
  try {
    const one = await connect(first.targetOf('users'))
    await one.sql`create table users.things (id int)`
    await one[Symbol.asyncDispose]()
    const two = await connect(second.targetOf('users'))
    const [row] = await two.sql`select to_regclass('users.things') is null as "isEmpty"`
    expect(row).toEqual({ isEmpty: true })
    await two[Symbol.asyncDispose]()
  } finally {
    await first[Symbol.asyncDispose]()
    await second[Symbol.asyncDispose]()
  }
})

test('a role of one service cannot look into the tables of another', async () => {
  const database = await createTestDatabase()
  try {
    const users = await connect(database.targetOf('users'))
    await users.sql`create table users.things (id int)`
    await users[Symbol.asyncDispose]()
    const messages = await connect(database.targetOf('messages'))
    await expect(messages.sql`select * from users.things`).rejects.toThrow('permission denied')
    await messages[Symbol.asyncDispose]()
  } finally {
    await database[Symbol.asyncDispose]()
  }
})

test('a connection that is left open is a leak, a closed one is not', async () => {
  const database = await createTestDatabase()
  try {
    const check = watchForLeaks()
    // Two: one of the harness may be closing just now, and must not make up for it.
    const postgres = await connect(database.targetOf('users'))
    const another = await connect(database.targetOf('users'))
    await expect(check(50)).rejects.toThrow('left open: PipeWrap')
    await postgres[Symbol.asyncDispose]()
    await another[Symbol.asyncDispose]()
    await check()
  } finally {
    await database[Symbol.asyncDispose]()
  }
})
