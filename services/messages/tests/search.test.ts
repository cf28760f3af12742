import {
  type SearchEngine,
  type SearchServer,
  searchEngines,
  settle,
  startSearchServer,
} from '@chatapp/dev-env'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Booted, boot, group, history, type Person, send } from './boot.ts'
import { cannotRun, engineAt, type Found, look, START_WITHIN_MS } from './search-engines.ts'

interface Row {
  where: string
  engine?: SearchEngine
  isStarted: boolean
}

const rows: Row[] = [
  { where: 'before the index knows', isStarted: false },
  { where: 'from PostgreSQL', isStarted: true },
  ...searchEngines.map((engine) => ({ where: `from ${engine}`, engine, isStarted: true })),
]

// The same answers come from what the index has not taken in yet, and from each index.
for (const { where, engine, isStarted } of rows)
  describe.skipIf(cannotRun(engine))(where, () => {
    let server: SearchServer | undefined
    let chat: Booted
    let alice: Person
    let bob: Person
    let carol: Person

    beforeAll(async () => {
      server = engine && (await startSearchServer(engine))
      chat = await boot({ searchEngine: server && engineAt(server.url) })
      ;[alice, bob, carol] = (await Promise.all(['alice', 'bob', 'carol'].map(chat.join))) as [
        Person,
        Person,
        Person,
      ]
      if (isStarted) await chat.messages.start()
    }, START_WITHIN_MS)
    afterAll(async () => {
      await chat[Symbol.asyncDispose]()
      await server?.[Symbol.asyncDispose]()
    })

    async function indexed(): Promise<void> {
      if (!isStarted) return
      await settle(
        'everything is indexed',
        async () =>
          (await chat.admin`select from messages.outbox where consumer <> 'live'`).length === 0 &&
          !(await look(alice, { q: 'anything' })).degraded,
        START_WITHIN_MS,
      )
    }

    async function search(person: Person, query: Record<string, string>): Promise<Found> {
      await indexed()
      const found = await look(person, query)
      if (isStarted) expect(found.degraded).toBe(false)
      return found
    }

    async function texts(person: Person, q: string, more: Record<string, string> = {}) {
      return (await search(person, { q, ...more })).items.map(({ message }) => message.data)
    }

    async function refusal(person: Person, q: string): Promise<string> {
      const { status, body } = await person.call<{ detail: string }>(
        'GET',
        `/api/messages/search?${new URLSearchParams({ q })}`,
      )
      expect(status).toBe(400)
      return body.detail
    }

    test('every word must be there, in any case and script; the whole word comes first', async () => {
      const room = await group(alice, [bob])
      const said = [
        'The Quick fox',
        'quickly gone',
        '今日は良い天気',
        '100% of user_name',
        'slow fox',
      ]
      for (const text of said) await send(alice, room.id, text)
      expect(await texts(bob, 'quick')).toEqual(['The Quick fox', 'quickly gone'])
      expect(await texts(bob, 'quick', { sort: 'newest' })).toEqual([
        'quickly gone',
        'The Quick fox',
      ])
      expect(await texts(bob, 'fox QUICK')).toEqual(['The Quick fox'])
      expect(await texts(bob, 'fox -quick')).toEqual(['slow fox'])
      expect(await texts(bob, '"quick fox"')).toEqual(['The Quick fox'])
      expect(await texts(bob, '"fox quick"')).toEqual([])
      expect(await texts(bob, '良い')).toEqual(['今日は良い天気'])
      expect(await texts(bob, '100%')).toEqual(['100% of user_name'])
      expect(await texts(bob, 'username')).toEqual(['100% of user_name'])
      expect(await texts(bob, 'quikc')).toEqual(['The Quick fox'])
      const { items } = await search(bob, { q: 'fox QUICK' })
      expect(items[0]?.highlights).toEqual([
        [4, 9],
        [10, 13],
      ])
    })

    test('conditions narrow it down', async () => {
      const room = await group(alice, [bob], { title: 'Zoo Trip' })
      const other = await group(alice, [bob], { title: 'Aquarium' })
      const first = await send(alice, room.id, 'zebra at https://zoo.example/a')
      await send(bob, room.id, 'zebra for @alice')
      await send(alice, other.id, 'zebra fish')
      expect(await texts(bob, 'zebra from:alice', { sort: 'newest' })).toEqual([
        'zebra fish',
        'zebra at https://zoo.example/a',
      ])
      expect(await texts(bob, 'zebra from:me')).toEqual(['zebra for @alice'])
      expect(await texts(bob, 'zebra is:mine')).toEqual(['zebra for @alice'])
      expect(await texts(bob, 'zebra -from:alice')).toEqual(['zebra for @alice'])
      expect(await texts(bob, 'zebra in:"zoo trip" -is:mine')).toEqual([first.data])
      expect(await texts(bob, 'zebra -in:"Zoo Trip"')).toEqual(['zebra fish'])
      expect(await texts(bob, 'zebra has:link')).toEqual([first.data])
      expect(await texts(bob, 'zebra has:mention')).toEqual(['zebra for @alice'])
      expect(await texts(bob, 'zebra is:unread')).toEqual(['zebra fish'])
      expect(await texts(bob, 'zebra has:reaction')).toEqual([])
      await bob.call('PUT', `/api/messages/reaction/${first.id}/👍`)
      expect(await texts(bob, 'in:"Zoo Trip" has:reaction')).toEqual([first.data])
      expect(await texts(bob, `zebra in:${other.id}`)).toEqual(['zebra fish'])
    })

    test('days are those of the caller', async () => {
      const room = await group(alice, [])
      chat.setClock(Date.parse('2026-03-01T02:00:00Z') - Date.now())
      await send(alice, room.id, 'giraffe late')
      chat.setClock(0)
      const here = { zone: 'America/New_York' }
      expect(await texts(alice, 'giraffe on:2026-03-01')).toEqual(['giraffe late'])
      expect(await texts(alice, 'giraffe on:2026-03-01', here)).toEqual([])
      expect(await texts(alice, 'giraffe on:2026-02', here)).toEqual(['giraffe late'])
      expect(await texts(alice, 'giraffe before:2026-03-01', here)).toEqual(['giraffe late'])
      expect(await texts(alice, 'giraffe after:2026-02-27', here)).toEqual(['giraffe late'])
      expect(await texts(alice, 'giraffe after:2026-02-28', here)).toEqual([])
    })

    test('what is wrong is said, with its place', async () => {
      expect(await refusal(alice, '   ')).toContain('must have at least one word')
      expect(await refusal(alice, 'x %')).toContain('(at 3)')
      expect(await refusal(alice, 'x from:nobody')).toContain(
        'nobody with the user name “nobody” (at 3)',
      )
      expect(await refusal(alice, 'x in:Nowhere')).toContain(
        'you are in no conversation called “Nowhere”',
      )
      expect(await refusal(alice, 'x on:2026-02-30')).toContain('must be followed by a date')
      const { status } = await alice.call('GET', '/api/messages/search?q=x&zone=Mars')
      expect(status).toBe(400)
    })

    test('only what the caller may read now is found: no stranger, no leaver, nothing unsent or edited away', async () => {
      const room = await group(alice, [bob], { history: 'since-joined', title: 'Fruit' })
      const first = await send(alice, room.id, 'pineapple one')
      const second = await send(alice, room.id, 'pineapple two')
      expect(await texts(carol, 'pineapple')).toEqual([])
      expect(await refusal(carol, 'in:Fruit')).toContain('you are in no conversation called')
      await alice.call('POST', `/api/participant/${room.id}`, { userIds: [carol.id] })
      expect(await texts(carol, 'pineapple')).toEqual([])
      await send(alice, room.id, 'pineapple three')
      expect(await texts(carol, 'pineapple')).toEqual(['pineapple three'])
      await indexed()
      await alice.call('PUT', `/api/messages/unsent/${first.id}`)
      await alice.call('PUT', `/api/messages/edit/${second.id}`, { data: 'apple two' })
      expect(await texts(bob, 'pineapple')).toEqual(['pineapple three'])
      expect(await texts(bob, 'apple')).toEqual(['apple two'])
      await alice.call('DELETE', `/api/participant/${room.id}/${bob.id}`)
      expect(await texts(bob, 'pineapple')).toEqual([])
    })

    test.each(['best', 'newest'])(
      'hits come in pages without gap or double, %s first',
      async (sort) => {
        const room = await group(alice, [], { title: sort })
        const said = [...'0123456']
          .map((i) => `walnut ${i}`)
          .concat('walnuts', 'walnot', 'walnut 7')
        for (const text of said) await send(alice, room.id, text)
        const found: (string | null)[] = []
        let cursor: string | null = null
        do {
          const page: Found = await search(alice, {
            q: `walnut in:${room.id}`,
            sort,
            limit: '3',
            ...(cursor && { cursor }),
          })
          expect(page.items.length).toBeLessThanOrEqual(3)
          found.push(...page.items.map(({ message }) => message.data))
          cursor = page.next
        } while (cursor)
        const whole = [...'6543210'].map((i) => `walnut ${i}`)
        expect(found).toEqual(
          sort === 'best'
            ? ['walnut 7', ...whole, 'walnuts', 'walnot']
            : ['walnut 7', 'walnuts', ...whole, 'walnot'],
        )
      },
    )

    test('it finds what going through the history finds, for everybody', async () => {
      const words = ['red', 'blue', 'green', 'reddish', 'grene', 'rad']
      const rooms = await Promise.all([
        group(alice, [bob]),
        group(bob, [carol], { history: 'since-joined' }),
        group(carol, [alice, bob]),
      ])
      let seed = 7
      const random = (max: number) => {
        seed = (seed * 16807) % 2147483647
        return seed % max
      }
      const owners = [alice, bob, carol]
      for (let i = 0; i < 60; i++) {
        const at = random(3)
        const [room, owner] = [rooms[at], owners[at]]
        if (!room || !owner) throw new Error('there are three rooms')
        const text = Array.from({ length: 1 + random(3) }, () => words[random(words.length)]).join(
          ' ',
        )
        const message = await send(owner, room.id, text)
        if (i % 7 === 0) await owner.call('PUT', `/api/messages/unsent/${message.id}`)
        if (i % 11 === 0)
          await owner.call('PUT', `/api/messages/edit/${message.id}`, { data: 'blue' })
        if (i === 30)
          await bob.call('POST', `/api/participant/${rooms[1]?.id}`, { userIds: [alice.id] })
        if (i === 40) await alice.call('DELETE', `/api/participant/${rooms[0]?.id}/${bob.id}`)
      }
      const has = (text: string | null, word: string) => (text ?? '').split(' ').includes(word)
      for (const person of owners) {
        const mine = await person.call<{ items: { id: string }[] }>(
          'GET',
          '/api/conversations?limit=200',
        )
        const all = (await Promise.all(mine.body.items.map(({ id }) => history(person, id))))
          .flat()
          .filter((message) => message.kind === 'text')
        const wanted = all
          .filter((m) => has(m.data, 'red') && !has(m.data, 'blue'))
          .map((m) => m.id)
        const { items } = await search(person, { q: '"red" -blue', limit: '200' })
        expect(items.map(({ message }) => message.id).sort()).toEqual(wanted.sort())
      }
    })
  })
