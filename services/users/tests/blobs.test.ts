import { makeFolder, removeFolder } from '@chatapp/dev-env'
import { type BlobStore, createFileBlobs } from '@chatapp/service-kit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createTableBlobs } from '../src/avatar/store.ts'
import { openWorld } from './world.ts'

const stores: Record<string, () => Promise<BlobStore>> = {
  async files() {
    const folder = await makeFolder()
    onTestFinished(() => removeFolder(folder))
    return createFileBlobs(folder)
  },
  async 'a table'() {
    const world = await openWorld()
    onTestFinished(() => world[Symbol.asyncDispose]())
    return createTableBlobs(world.sql)
  },
}

describe.each(Object.entries(stores))('blobs in %s', (_name, open) => {
  test('are given back as they were, until they are removed', async () => {
    const blobs = await open()
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 256)
    await blobs.put('one', bytes)
    await blobs.put('two', new Uint8Array([0]))
    expect(Buffer.from((await blobs.find('one')) ?? [])).toEqual(Buffer.from(bytes))
    await blobs.remove('one')
    expect(await blobs.find('one')).toBeUndefined()
    expect(await blobs.find('two')).toBeDefined()
  })

  test('may be put or removed again', async () => {
    const blobs = await open()
    await blobs.put('one', new Uint8Array([1]))
    await blobs.put('one', new Uint8Array([1]))
    await blobs.remove('one')
    await blobs.remove('one')
    expect(await blobs.find('one')).toBeUndefined()
  })

  test('are not found under a name that could be a path', async () => {
    const blobs = await open()
    for (const key of ['', '.', '..', '../x', 'a/b', 'a\0b']) {
      expect(await blobs.find(key)).toBeUndefined()
    }
  })
})
