import { createTestDatabase } from '@chatapp/dev-env'
import { expect, test } from 'vitest'
import { type Migration, migrate } from '../src/index.ts'

const nothing: Migration = { up: async () => {} }

test('a version that is older than the tables does not start, and says which one would', async () => {
  const { admin } = await createTestDatabase()
  await migrate(admin, 'public', { '0001-first': nothing, '0002-second': nothing })
  await expect(migrate(admin, 'public', { '0001-first': nothing })).rejects.toThrow(
    'The tables of "public" are of a newer version of ChatApp (0002-second); start that one',
  )
  expect(await migrate(admin, 'public', { '0001-first': nothing, '0002-second': nothing })).toEqual(
    [],
  )
})
