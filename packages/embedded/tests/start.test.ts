import {
  chmod,
  mkdir,
  readdir,
  readFile,
  stat,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EmbeddedPostgresError, startEmbeddedPostgres } from '../src/index.ts'
import { gone, open, start, temporaryDirectory } from './world.ts'

test('the first start makes a database that its roles can use', async () => {
  const directory = await temporaryDirectory()
  const database = await start(directory)
  const sql = open(database.connection('users'))
  await sql`create table person (id int primary key, name text)`
  await sql`create index on person using gin (name gin_trgm_ops, id)`
  const [row] = await sql`
    select current_schema() as schema, unaccent('é') as plain, lower('ÄÖ') as small,
           current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses`
  expect(row).toEqual({ schema: 'users', plain: 'e', small: 'äö', fsync: 'on', addresses: '' })
  expect(database.adopted).toBe(false)
  expect((await stat(join(directory, 'secrets', 'postgres.json'))).mode & 0o777).toBe(0o600)
})

test('a restart keeps data and passwords, and a role added later appears', async () => {
  const directory = await temporaryDirectory()
  const first = await start(directory, ['users'])
  await open(first.connection('users'))`create table person as select 'alice' as name`
  await first.stop()
  expect(await gone(first.pid)).toBe(true)

  const second = await start(directory, ['users', 'messages'])
  expect(second.adopted).toBe(false)
  expect(second.connection('users')).toEqual(first.connection('users'))
  expect(await open(second.connection('users'))`select name from person`).toEqual([
    { name: 'alice' },
  ])
  expect(await open(second.connection('messages'))`select current_schema()`).toEqual([
    { current_schema: 'messages' },
  ])
})

test('a role cannot see into the schema of another, nor make things in public', async () => {
  const database = await start(await temporaryDirectory())
  const users = open(database.connection('users'))
  const messages = open(database.connection('messages'))
  await users`create table person as select 'alice' as name`
  await expect(messages`select * from users.person`).rejects.toThrow('permission denied for schema')
  await expect(messages`create table users.mine (id int)`).rejects.toThrow('permission denied')
  await expect(messages`create table public.mine (id int)`).rejects.toThrow('permission denied')
  await expect(messages`create schema mine`).rejects.toThrow('permission denied')
  const elsewhere = open({ ...database.connection('messages'), database: 'postgres' })
  await expect(elsewhere`select 1`).rejects.toThrow('permission denied for database')
  const stranger = open({ ...database.connection('messages'), password: 'guess' })
  await expect(stranger`select 1`).rejects.toThrow('password authentication failed')
})

test('lost passwords are replaced at the next start', async () => {
  const directory = await temporaryDirectory()
  const first = await start(directory)
  await first.stop()
  await truncate(join(directory, 'secrets', 'postgres.json'))
  const second = await start(directory)
  expect(second.connection('users').password).not.toBe(first.connection('users').password)
  expect(await open(second.connection('users'))`select 1 as one`).toEqual([{ one: 1 }])
})

test('what an interrupted first start left is thrown away', async () => {
  const directory = await temporaryDirectory()
  const unfinished = join(directory, 'postgres', 'data.new-before')
  await mkdir(unfinished, { recursive: true })
  await writeFile(join(unfinished, 'PG_VERSION'), '18\n')
  await start(directory)
  expect(await readdir(join(directory, 'postgres'))).toEqual([
    'data',
    'lib',
    'lock',
    'log',
    'socket',
  ])
})

test('a path too long for a socket gets one in the temporary directory, and it is used again', async () => {
  const directory = join(await temporaryDirectory(), 'a'.repeat(120), 'b c "d"')
  const first = await start(directory)
  const { host } = first.connection('users')
  expect(host.startsWith(directory)).toBe(false)
  expect((await stat(host)).mode & 0o777).toBe(0o700)
  await open(first.connection('users'))`select 1`
  await first.stop()
  await expect(stat(host)).rejects.toThrow('ENOENT')
  const second = await start(directory)
  await open(second.connection('users'))`select 1`
})

test('a large log is put aside', async () => {
  const directory = await temporaryDirectory()
  const log = join(directory, 'postgres', 'log')
  await mkdir(join(directory, 'postgres'))
  await writeFile(log, 'x'.repeat(11 * 1024 * 1024))
  await start(directory)
  expect((await stat(log)).size).toBeLessThan(10_000)
  expect((await stat(`${log}.1`)).size).toBe(11 * 1024 * 1024)
})

test('an aborted start leaves nothing running', async () => {
  const directory = await temporaryDirectory()
  await (await start(directory)).stop()
  const abort = new AbortController()
  const starting = startEmbeddedPostgres({ directory, roles: ['users'], signal: abort.signal })
  abort.abort(new Error('changed my mind'))
  await expect(starting).rejects.toThrow('changed my mind')
  expect((await start(directory)).adopted).toBe(false)
})

test('errors are sentences', async () => {
  const directory = await temporaryDirectory()
  const failure = async (path: string): Promise<Error> =>
    startEmbeddedPostgres({ directory: path, roles: ['users'] }).then(
      () => new Error('it started'),
      (error) => error,
    )
  await writeFile(join(directory, 'file'), '')
  const isFile = await failure(join(directory, 'file'))
  expect(isFile).toBeInstanceOf(EmbeddedPostgresError)
  expect(isFile.message).toContain('is in the way of a directory')

  const old = join(directory, 'old')
  await (await start(old)).stop()
  await unlink(join(old, 'postgres/data/PG_VERSION'))
  await writeFile(join(old, 'postgres/data/PG_VERSION'), '17\n')
  expect((await failure(old)).message).toContain('was made by PostgreSQL 17')

  const broken = join(directory, 'broken')
  await (await start(broken)).stop()
  await writeFile(join(broken, 'postgres/data/postgresql.conf'), 'nonsense = 1\n')
  await chmod(join(broken, 'postgres/data/postgresql.conf'), 0o644)
  expect((await failure(broken)).message).toMatch(/^PostgreSQL did not start: .*FATAL/)
  expect(await readFile(join(broken, 'postgres/log'), 'utf8')).toContain('nonsense')
})
