import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockDataDirectory, startEmbeddedPostgres } from '../src/index.ts'
import { startOwner, temporaryDirectory } from './world.ts'

test('a directory is locked once until it is released', async () => {
  const directory = await temporaryDirectory()
  const lock = await lockDataDirectory(directory)
  await expect(lockDataDirectory(directory)).rejects.toThrow(
    `Another ChatApp process (pid ${process.pid}) is using ${directory}; stop it or set CHATAPP_DATA_DIR to another directory.`,
  )
  await lock[Symbol.asyncDispose]()
  const again = await lockDataDirectory(directory)
  await again[Symbol.asyncDispose]()
  expect(await readdir(join(directory, 'lock'))).toEqual([])
})

test('a second process is told which one is in its way', async () => {
  const directory = await temporaryDirectory()
  const owner = await startOwner(directory)
  await expect(startEmbeddedPostgres({ directory, roles: ['users'] })).rejects.toThrow(
    `Another ChatApp process (pid ${owner.child.pid}) is using ${directory}`,
  )
})

test('of several that start together exactly one gets the directory', async () => {
  const directory = await temporaryDirectory()
  const owners = await Promise.all([1, 2, 3, 4].map(() => startOwner(directory)))
  const refusals = owners.map(({ said }) => said.error).filter((error) => error !== undefined)
  expect(refusals).toHaveLength(3)
  for (const refusal of refusals) expect(refusal).toContain('Another ChatApp process')
})

test('locks of dead processes and of processes that had this pid before do not count', async () => {
  const directory = await temporaryDirectory()
  await mkdir(join(directory, 'lock'))
  for (const name of ['4194303.1.x', `${process.ppid}.1.x`, 'nonsense']) {
    await writeFile(join(directory, 'lock', name), '')
  }
  const lock = await lockDataDirectory(directory)
  expect(await readdir(join(directory, 'lock'))).toHaveLength(1)
  await lock[Symbol.asyncDispose]()
})
