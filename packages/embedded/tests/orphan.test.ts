import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { commandOf, findProcesses, isRunning, sendSignal } from '../src/process.ts'
import { gone, open, start, startOwner, temporaryDirectory } from './world.ts'

test('the server of a killed owner is taken over, with its data and passwords', async () => {
  const directory = await temporaryDirectory()
  const owner = await startOwner(directory)
  await open(owner.said.connection)`create table person as select 'alice' as name`
  await owner.kill()
  expect(isRunning(owner.said.pid)).toBe(true)

  const database = await start(directory, ['users', 'messages'])
  expect(database.adopted).toBe(true)
  expect(database.pid).toBe(owner.said.pid)
  expect(database.connection('users')).toEqual(owner.said.connection)
  expect(await open(database.connection('users'))`select name from person`).toHaveLength(1)
  await open(database.connection('messages'))`create table message (id int)`
  await database.stop()
  expect(isRunning(database.pid)).toBe(false)
})

test('an owner that ends without stopping takes its server along', async () => {
  const owner = await startOwner(await temporaryDirectory())
  await owner.finish()
  expect(await gone(owner.said.pid)).toBe(true)
})

test('after a kill -9 of everything the next start recovers', async () => {
  const directory = await temporaryDirectory()
  const owner = await startOwner(directory)
  const sql = open(owner.said.connection)
  await sql`create table person as select 'alice' as name`
  const family = findProcesses((command) => command.includes(nameOf(owner.said.pid)))
  expect(family.length).toBeGreaterThan(3)
  await owner.kill()
  for (const pid of family) sendSignal(pid, 'SIGKILL')

  const database = await start(directory)
  expect(database.adopted).toBe(false)
  expect(await open(database.connection('users'))`select name from person`).toHaveLength(1)
})

test('processes that outlive their killed postmaster do not block the start', async () => {
  const directory = await temporaryDirectory()
  const owner = await startOwner(directory)
  const sql = open(owner.said.connection)
  const busy = sql`select count(*) from (select generate_series(1, 100000000000)) as endless`.catch(
    () => 'killed',
  )
  const watch = open(owner.said.connection)
  const pid = await vi.waitFor(async () => {
    const [worker] = await watch<{ pid: number }[]>`
      select pid from pg_stat_activity
      where state = 'active' and query like '%generate_series%' and pid <> pg_backend_pid()`
    if (!worker) throw new Error('nothing is at work yet')
    return worker.pid
  }, 10_000)
  await owner.kill()
  sendSignal(owner.said.pid, 'SIGKILL')
  // A stopped process cannot notice that its postmaster is gone.
  sendSignal(pid, 'SIGSTOP')
  expect(isRunning(pid)).toBe(true)

  const database = await start(directory)
  expect(database.adopted).toBe(false)
  expect(isRunning(pid)).toBe(false)
  expect(await busy).toBe('killed')
})

test('a server in the middle of its shutdown is waited for', async () => {
  const directory = await temporaryDirectory()
  const owner = await startOwner(directory)
  await owner.kill()
  sendSignal(owner.said.pid, 'SIGTERM')
  const database = await start(directory)
  expect(await open(database.connection('users'))`select 1 as one`).toEqual([{ one: 1 }])
})

test.each([
  ['a stranger', () => String(process.ppid)],
  ['nobody', () => '4194303'],
  ['nothing', () => ''],
])('a stale postmaster.pid that names %s does not block the start', async (_, pid) => {
  const directory = await temporaryDirectory()
  const owner = await startOwner(directory)
  await owner.kill()
  for (const one of findProcesses((command) => command.includes(nameOf(owner.said.pid)))) {
    sendSignal(one, 'SIGKILL')
  }
  await gone(owner.said.pid)
  const path = join(directory, 'postgres/data/postmaster.pid')
  const [, ...rest] = (await readFile(path, 'utf8')).split('\n')
  await writeFile(path, pid() === '' ? '' : [pid(), ...rest].join('\n'))
  expect((await start(directory)).adopted).toBe(false)
})

test('a server whose socket or pid file was deleted is replaced', async () => {
  const directory = await temporaryDirectory()
  for (const name of ['socket', 'data/postmaster.pid']) {
    const owner = await startOwner(directory)
    await owner.kill()
    await rm(join(directory, 'postgres', name), { recursive: true })
    const database = await start(directory)
    expect(database.adopted).toBe(false)
    expect(isRunning(owner.said.pid)).toBe(false)
    await database.stop()
  }
})

test("the terminal's Ctrl-C does not reach the server", async () => {
  const owner = await startOwner(await temporaryDirectory())
  const groupOf = async (pid: number | undefined): Promise<string | undefined> =>
    (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ')[2]
  expect(await groupOf(owner.said.pid)).not.toBe(await groupOf(owner.child.pid))
})

test('a copy of the data is a database of its own, also while the first one runs', async () => {
  const directory = await temporaryDirectory()
  const first = await start(join(directory, 'first'))
  await mkdir(join(directory, 'second'))
  const second = await start(join(directory, 'second'))
  expect(second.pid).not.toBe(first.pid)
  await second.stop()
  expect(isRunning(first.pid)).toBe(true)
})

const nameOf = (postmaster: number): string =>
  /cluster_name=(\S+)/.exec(commandOf(postmaster))?.[1] ?? 'no such process'
