import { createTestDatabase } from '@chatapp/dev-env'
import { expect, onTestFinished, test } from 'vitest'
import { connectPostgres, isWorthRepeating } from '../src/index.ts'

async function connect() {
  const { admin: target } = await createTestDatabase()
  const postgres = await connectPostgres({ target, name: 'tests', maxConnections: 1 })
  onTestFinished(() => postgres[Symbol.asyncDispose]())
  const { sql } = postgres
  await sql`create table letters (letter text)`
  await sql`insert into letters values ('a')`
  return { sql, widen: () => sql`alter table letters add column size int` }
}

test('a statement that a migration outdates is prepared anew and runs', async () => {
  const { sql, widen } = await connect()
  const read = () => sql`select * from letters`
  expect(await read()).toEqual([{ letter: 'a' }])
  await widen()
  expect(await read()).toEqual([{ letter: 'a', size: null }])
})

test('a transaction that a migration outdates can be repeated', async () => {
  const { sql, widen } = await connect()
  const read = () => sql.begin(async (trx) => await trx`select * from letters`)
  expect(await read()).toEqual([{ letter: 'a' }])
  await widen()
  expect(isWorthRepeating(await read().catch((error: unknown) => error))).toBe(true)
  expect(await read()).toEqual([{ letter: 'a', size: null }])
})
