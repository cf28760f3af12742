import { settle } from '@chatapp/dev-env'
import { describe, expect, test } from 'vitest'
import { type Booted, boot, group, send } from './boot.ts'
import type { Found } from './search/engines.ts'

describe('the index in PostgreSQL', () => {
  test('takes in what was said before it was there, and says so until it has', async () => {
    await using chat = await boot()
    const alice = await chat.join('alice')
    const room = await group(alice, [])
    for (let i = 0; i < 30; i++) await send(alice, room.id, `hazelnut ${i}`)
    await chat.admin`delete from messages.outbox`
    const look = () => alice.call<Found>('GET', '/api/messages/search?q=hazelnut&limit=200')
    expect((await look()).body).toMatchObject({ items: [], degraded: true })
    await chat.messages.start()
    await settle('the index is complete', async () => !(await look()).body.degraded)
    expect((await look()).body.items).toHaveLength(30)
  })

  test('goes on behind a text that nobody writes', async () => {
    await using chat = await boot()
    const alice = await chat.join('alice')
    await chat.messages.start()
    const room = await group(alice, [])
    await send(alice, room.id, `c${'+'.repeat(9_999)}`)
    await send(alice, room.id, `${'𐐨'.repeat(64)}_`.repeat(8))
    await settle('everything is indexed', () => isIndexed(chat))
  })

  test('sets aside what the database will not take, goes on, and finds it all the same', async () => {
    await using chat = await boot()
    const alice = await chat.join('alice')
    const room = await group(alice, [])
    const said = ['filbert one', 'filbert poison', 'filbert two', 'filbert three']
    const sent = await Promise.all(said.map((text) => send(alice, room.id, text)))
    const poison = sent.find(({ data }) => data === 'filbert poison')
    await chat.admin`alter table messages.search_documents
      add constraint poison check (not tokens @@ '''poison''')`
    await chat.messages.start()
    await settle('everything is indexed', () => isIndexed(chat))
    const indexed = await chat.admin<{ count: number }[]>`
      select count(*)::int as count from messages.search_documents`
    expect(indexed).toEqual([{ count: 3 }])
    const refused = () => chat.admin<{ position: number; reason: string }[]>`
      select position, reason from messages.search_refusals`
    expect(await refused()).toEqual([
      { position: poison?.position, reason: expect.stringContaining('violates check constraint') },
    ])
    expect(await chat.metrics.metrics()).toMatch(/search_index_refusals_total [1-9]/)
    const found = () => alice.call<Found>('GET', '/api/messages/search?q=filbert')
    expect((await found()).body.items.map(({ message }) => message.data).sort()).toEqual(
      said.toSorted(),
    )
    await alice.call('PUT', `/api/messages/edit/${poison?.id}`, { data: 'filbert cured' })
    await settle('it is taken', async () => (await refused()).length === 0)
    expect((await found()).body.items).toHaveLength(4)
  })

  test('keeps nothing of what was unsent', async () => {
    await using chat = await boot()
    const alice = await chat.join('alice')
    await chat.messages.start()
    const room = await group(alice, [])
    const message = await send(alice, room.id, 'secret plan')
    const kept = () =>
      chat.admin<{ tokens: string }[]>`select tokens::text from messages.search_documents
        where conversation_id = ${room.id} and position = ${message.position}`
    await settle('it is indexed', async () => (await kept())[0]?.tokens.includes('secret') ?? false)
    await alice.call('PUT', `/api/messages/unsent/${message.id}`)
    await settle('it is forgotten', async () => (await kept())[0]?.tokens === '')
  })

  test('has nothing waiting to be sorted in, which every search would go through', async () => {
    await using chat = await boot()
    const alice = await chat.join('alice')
    await chat.messages.start()
    const room = await group(alice, [])
    for (let i = 0; i < 30; i++) await send(alice, room.id, `chestnut ${i}`)
    await settle('everything is indexed', () => isIndexed(chat))
    const [row] = await chat.admin<{ pages: string }[]>`
      select gin_clean_pending_list('messages.search_documents_by_token') as pages`
    expect(Number(row?.pages)).toBe(0)
  })

  test('finds what is old and only common in the conversations of others', async () => {
    await using chat = await boot()
    const alice = await chat.join('alice')
    await chat.messages.start()
    const rooms = await Promise.all(Array.from({ length: 40 }, () => group(alice, [])))
    for (const [i, daysAgo] of [900, 500, 70, 69, 9, 1, 0].entries()) {
      chat.setClock(-daysAgo * 24 * 3600 * 1000)
      await send(alice, rooms[i]?.id ?? '', `pistachio ${daysAgo}`)
    }
    await settle('everything is indexed', () => isIndexed(chat))
    // More than a look-up sorts at first, and newer than all of alice's.
    await chat.admin`
      insert into messages.search_documents
      select gen_random_uuid(), 1, 2, 1, gen_random_uuid(), now() + interval '1 minute', one.tokens
      from (select tokens from messages.search_documents order by sent_at desc limit 1) one,
        generate_series(1, 30000)`
    const found = async (more = '') => {
      const path = `/api/messages/search?q=pistachio${more}`
      const { status, body } = await alice.call<Found>('GET', path)
      expect(status).toBe(200)
      return { said: body.items.map(({ message }) => message.data), next: body.next }
    }
    const days = (...all: number[]) => all.map((one) => `pistachio ${one}`)
    expect((await found()).said).toEqual(days(0, 1, 9, 69, 70, 500, 900))
    const first = await found('&limit=3')
    expect(first.said).toEqual(days(0, 1, 9))
    expect((await found(`&limit=9&cursor=${first.next}`)).said).toEqual(days(69, 70, 500, 900))
    expect((await found('+before:5d+after:100d')).said).toEqual(days(9, 69, 70))
  })
})

async function isIndexed(chat: Booted): Promise<boolean> {
  return (await chat.admin`select 1 from messages.outbox where consumer = 'search'`).length === 0
}
