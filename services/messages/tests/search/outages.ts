import { settle, startFragileLine } from '@chatapp/dev-env'
import { createLogger } from '@chatapp/service-kit'
import { expect, test } from 'vitest'
import { reindexSearch } from '../../src/index.ts'
import type { EngineConfig } from '../../src/search/engine/config.ts'
import { type Booted, boot, group, type Person, send } from '../boot.ts'
import { engineAt, look, START_WITHIN_MS } from './engines.ts'
import type { Scene } from './scene.ts'
import { startStubbornProxy } from './stubborn-proxy.ts'

/** What becomes of searches while an engine has its troubles. */
export function testOutages(scene: Scene): void {
  const answers = (person: Person) =>
    settle(
      'the engine answers',
      async () => !(await look(person, { q: 'anything' })).degraded,
      START_WITHIN_MS,
    )

  const isTaken = (chat: Booted) =>
    settle(
      'the engine has everything',
      async () =>
        (await chat.admin`select from messages.outbox where consumer = 'engine'`).length === 0,
      START_WITHIN_MS,
    )

  async function texts(person: Person, q: string) {
    const { items, degraded } = await look(person, { q, sort: 'newest', limit: '200' })
    return { said: items.map(({ message }) => message.data), degraded }
  }

  async function chatting(searchEngine: EngineConfig) {
    const chat = await boot({ searchEngine })
    const alice = await chat.join('alice')
    await chat.messages.start()
    await answers(alice)
    return { chat, alice, room: await group(alice, []) }
  }

  test('the engine killed: nothing waits for it, PostgreSQL answers, and it catches up', async () => {
    const { chat, alice, room } = await chatting(engineAt(scene.server.url))
    await using _ = chat
    const secret = await send(alice, room.id, 'walnut secret')
    const first = await send(alice, room.id, 'walnut first')
    await isTaken(chat)
    await scene.server.crash()
    for (let i = 0; i < 1_000; i += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, n) => send(alice, room.id, `hazelnut ${i + n}`)),
      )
    await alice.call('PUT', `/api/messages/unsent/${secret.id}`)
    await alice.call('PUT', `/api/messages/edit/${first.id}`, { data: 'walnut edited' })
    expect(await texts(alice, 'walnut')).toEqual({ said: ['walnut edited'], degraded: true })
    expect((await texts(alice, 'hazelnut')).said).toHaveLength(200)
    await scene.server.restart()
    await isTaken(chat)
    await answers(alice)
    expect(await texts(alice, 'walnut')).toEqual({ said: ['walnut edited'], degraded: false })
    expect(await texts(alice, 'hazelnut 999')).toEqual({
      said: ['hazelnut 999'],
      degraded: false,
    })
  })

  test('an engine that says nothing costs one search its time, and the next ones none', async () => {
    await using line = await startFragileLine(Number(new URL(scene.server.url).port))
    const { chat, alice, room } = await chatting(engineAt(`http://127.0.0.1:${line.port}`))
    await using _ = chat
    await send(alice, room.id, 'cashew')
    line.stall()
    const startedAt = performance.now()
    expect(await texts(alice, 'cashew')).toEqual({ said: ['cashew'], degraded: true })
    const first = performance.now() - startedAt
    expect(await texts(alice, 'cashew')).toEqual({ said: ['cashew'], degraded: true })
    expect(performance.now() - startedAt - first).toBeLessThan(1_000)
    line.mend()
    await answers(alice)
    expect(await texts(alice, 'cashew')).toEqual({ said: ['cashew'], degraded: false })
  })

  test('what it is too busy for is tried again, and what it never takes is set aside and found', async () => {
    await using proxy = await startStubbornProxy(scene.server.url)
    const { chat, alice, room } = await chatting(engineAt(proxy.url))
    await using _ = chat
    const poison = await send(alice, room.id, 'almond poison')
    await isTaken(chat)
    proxy.refuse(`${room.id}:${poison.position}`)
    proxy.beBusy(3)
    await alice.call('PUT', `/api/messages/edit/${poison.id}`, { data: 'almond changed' })
    for (let i = 0; i < 5; i++) await send(alice, room.id, `almond ${i}`)
    await isTaken(chat)
    expect(proxy.busy()).toBe(0)
    const refused = await chat.admin<{ position: number; reason: string }[]>`
      select position, reason from messages.engine_refusals`
    expect(refused).toEqual([{ position: poison.position, reason: 'it is poison' }])
    expect(await texts(alice, 'almond')).toEqual({
      said: ['almond 4', 'almond 3', 'almond 2', 'almond 1', 'almond 0', 'almond changed'],
      degraded: false,
    })
    expect(await chat.metrics.metrics()).toContain('chatapp_messages_search_refusals_total 1')
  })

  test('a new index takes over while people send, and the old one goes', async () => {
    const config = engineAt(scene.server.url)
    const { chat, alice, room } = await chatting(config)
    await using _ = chat
    for (let i = 0; i < 30; i++) await send(alice, room.id, `pecan ${i}`)
    const indexes = async () =>
      (await chat.admin<{ name: string }[]>`select name from messages.engine_indexes`).map(
        ({ name }) => name,
      )
    const before = await indexes()
    const sending = (async () => {
      for (let i = 30; i < 60; i++) await send(alice, room.id, `pecan ${i}`)
    })()
    await reindexSearch({
      ...{ config, database: chat.target, log: createLogger('silent') },
      signal: AbortSignal.timeout(START_WITHIN_MS),
      onProgress: () => {},
    })
    await sending
    await isTaken(chat)
    await settle('the old one is gone', async () => {
      const now = await indexes()
      return now.length === 1 && now[0] !== before[0]
    })
    await answers(alice)
    const { said, degraded } = await texts(alice, 'pecan')
    expect(degraded).toBe(false)
    expect(said).toEqual(Array.from({ length: 60 }, (_, i) => `pecan ${59 - i}`))
    expect((await fetch(`${scene.server.url}/${before[0]}`)).status).toBe(404)
  })

  test('an engine answers in full while the index in PostgreSQL is being built', async () => {
    const chat = await boot({ searchEngine: engineAt(scene.server.url) })
    await using _ = chat
    const alice = await chat.join('alice')
    await chat.admin.begin(async (trx) => {
      await trx`lock table messages.search_builds in exclusive mode`
      await chat.messages.start()
      await answers(alice)
      const room = await group(alice, [])
      await send(alice, room.id, 'chestnut')
      expect(await texts(alice, 'chestnut')).toEqual({ said: ['chestnut'], degraded: false })
    })
  })

  test('an index that is lost is built anew', async () => {
    const { chat, alice, room } = await chatting(engineAt(scene.server.url))
    await using _ = chat
    await send(alice, room.id, 'macadamia')
    await isTaken(chat)
    const [index] = await chat.admin<{ name: string }[]>`select name from messages.engine_indexes`
    await fetch(`${scene.server.url}/${index?.name}`, { method: 'DELETE' })
    expect(await texts(alice, 'macadamia')).toEqual({ said: ['macadamia'], degraded: true })
    await answers(alice)
    expect(await texts(alice, 'macadamia')).toEqual({ said: ['macadamia'], degraded: false })
  })

  test('what differs from the log is found once a day, and mended', async () => {
    const { chat, alice, room } = await chatting(engineAt(scene.server.url))
    await using _ = chat
    const message = await send(alice, room.id, 'pistachio')
    await isTaken(chat)
    const [index] = await chat.admin<{ name: string }[]>`select name from messages.engine_indexes`
    const as = new URLSearchParams({
      routing: room.id,
      version: `${message.version}`,
      version_type: 'external_gte',
      refresh: 'true',
    })
    const path = `${index?.name}/_doc/${room.id}:${message.position}?${as}`
    await fetch(`${scene.server.url}/${path}`, { method: 'DELETE' })
    expect((await texts(alice, 'pistachio')).said).toEqual([])
    await chat.admin`update messages.engine_indexes set compared_at = now() - interval '2 days'`
    await settle(
      'it is found again',
      async () => (await texts(alice, 'pistachio')).said.length === 1,
      START_WITHIN_MS,
    )
    await settle('it is counted', async () =>
      (await chat.metrics.metrics()).includes('chatapp_messages_search_drift_total 1'),
    )
  })
}
