import { expect, test } from 'vitest'
import { group, send } from '../boot.ts'
import type { Found } from './engines.ts'
import type { Scene } from './scene.ts'

/** What is found, in which order and in which pages. */
export function testFinding(scene: Scene): void {
  test('every word must be there, in any case and script; the whole word comes first', async () => {
    const [alice, bob] = scene.people
    const room = await group(alice, [bob])
    const said = [
      'The Quick fox',
      'quickly gone',
      '今日は良い天気',
      '100% of user_name',
      'slow fox',
    ]
    for (const text of said) await send(alice, room.id, text)
    expect(await scene.texts(bob, 'quick')).toEqual(['The Quick fox', 'quickly gone'])
    expect(await scene.texts(bob, 'quick', { sort: 'newest' })).toEqual([
      'quickly gone',
      'The Quick fox',
    ])
    expect(await scene.texts(bob, 'fox QUICK')).toEqual(['The Quick fox'])
    expect(await scene.texts(bob, 'fox -quick')).toEqual(['slow fox'])
    expect(await scene.texts(bob, '"quick fox"')).toEqual(['The Quick fox'])
    expect(await scene.texts(bob, '"fox quick"')).toEqual([])
    expect(await scene.texts(bob, '良い')).toEqual(['今日は良い天気'])
    expect(await scene.texts(bob, '100%')).toEqual(['100% of user_name'])
    expect(await scene.texts(bob, 'username')).toEqual(['100% of user_name'])
    expect(await scene.texts(bob, 'quikc')).toEqual(['The Quick fox'])
    const { items } = await scene.search(bob, { q: 'fox QUICK' })
    expect(items[0]?.highlights).toEqual([
      [4, 9],
      [10, 13],
    ])
  })

  test('a part within a word is found after all that fits better', async () => {
    const [alice, bob] = scene.people
    const room = await group(alice, [bob], { title: 'Rathaus' })
    const said = ['im Rathauskeller', 'Kellertreppe', 'der Keller', 'der Kelter', 'ein Vorkeller']
    for (const text of said) await send(alice, room.id, text)
    const better = ['der Keller', 'Kellertreppe', 'der Kelter']
    const within = ['ein Vorkeller', 'im Rathauskeller']
    const found = [...better, ...within]
    expect(await scene.texts(bob, 'keller in:Rathaus')).toEqual(found)
    expect(await scene.texts(bob, 'keller in:Rathaus', { limit: '1' })).toEqual(found)
    expect(await scene.texts(bob, 'hauskell in:Rathaus im')).toEqual(['im Rathauskeller'])
    expect(await scene.texts(bob, 'hauskell')).toEqual(['im Rathauskeller'])
    expect(await scene.texts(bob, 'hauskell -im')).toEqual([])
    expect(await scene.texts(bob, 'hauskell -from:alice')).toEqual([])
    expect(await scene.texts(bob, 'hauskell before:today')).toEqual([])
  })

  test('conditions narrow it down', async () => {
    const [alice, bob] = scene.people
    const room = await group(alice, [bob], { title: 'Zoo Trip' })
    const other = await group(alice, [bob], { title: 'Aquarium' })
    const first = await send(alice, room.id, 'zebra at https://zoo.example/a')
    await send(bob, room.id, 'zebra for @alice')
    await send(alice, other.id, 'zebra fish')
    expect(await scene.texts(bob, 'zebra from:alice', { sort: 'newest' })).toEqual([
      'zebra fish',
      'zebra at https://zoo.example/a',
    ])
    expect(await scene.texts(bob, 'zebra from:me')).toEqual(['zebra for @alice'])
    expect(await scene.texts(bob, 'zebra is:mine')).toEqual(['zebra for @alice'])
    expect(await scene.texts(bob, 'zebra -from:alice')).toEqual(['zebra for @alice'])
    expect(await scene.texts(bob, 'zebra in:"zoo trip" -is:mine')).toEqual([first.data])
    expect(await scene.texts(bob, 'zebra -in:"Zoo Trip"')).toEqual(['zebra fish'])
    expect(await scene.texts(bob, 'zebra has:link')).toEqual([first.data])
    expect(await scene.texts(bob, 'zebra has:mention')).toEqual(['zebra for @alice'])
    expect(await scene.texts(bob, 'zebra is:unread')).toEqual(['zebra fish'])
    expect(await scene.texts(bob, 'zebra is:unread -is:unread')).toEqual([])
    expect(await scene.texts(bob, 'zebra has:reaction')).toEqual([])
    await bob.call('PUT', `/api/messages/reaction/${first.id}/👍`)
    expect(await scene.texts(bob, 'in:"Zoo Trip" has:reaction')).toEqual([first.data])
    expect(await scene.texts(bob, `zebra in:${other.id}`)).toEqual(['zebra fish'])
  })

  test('days are those of the caller', async () => {
    const [alice] = scene.people
    const room = await group(alice, [])
    scene.chat.setClock(Date.parse('2026-03-01T02:00:00Z') - Date.now())
    await send(alice, room.id, 'giraffe late')
    scene.chat.setClock(0)
    const here = { zone: 'America/New_York' }
    expect(await scene.texts(alice, 'giraffe on:2026-03-01')).toEqual(['giraffe late'])
    expect(await scene.texts(alice, 'giraffe on:2026-03-01', here)).toEqual([])
    expect(await scene.texts(alice, 'giraffe on:2026-02', here)).toEqual(['giraffe late'])
    expect(await scene.texts(alice, 'giraffe before:2026-03-01', here)).toEqual(['giraffe late'])
    expect(await scene.texts(alice, 'giraffe after:2026-02-27', here)).toEqual(['giraffe late'])
    expect(await scene.texts(alice, 'giraffe after:2026-02-28', here)).toEqual([])
  })

  test('what is wrong is said, with its place', async () => {
    const [alice] = scene.people
    expect(await scene.refusal(alice, '   ')).toContain('must have at least one word')
    expect(await scene.refusal(alice, 'x -%')).toContain('(at 3)')
    expect(await scene.refusal(alice, 'x from:nobody')).toContain(
      'nobody with the user name “nobody” (at 3)',
    )
    expect(await scene.refusal(alice, 'x in:Nowhere')).toContain(
      'you are in no conversation called “Nowhere”',
    )
    expect(await scene.refusal(alice, 'x on:2026-02-30')).toContain('must be followed by a date')
    const { status } = await alice.call('GET', '/api/messages/search?q=x&zone=Mars')
    expect(status).toBe(400)
  })

  test.each(['best', 'newest'])(
    'hits come in pages without gap or double, %s first',
    async (sort) => {
      const [alice] = scene.people
      const room = await group(alice, [], { title: sort })
      const said = [...'0123456'].map((i) => `walnut ${i}`).concat('walnuts', 'walnot', 'walnut 7')
      for (const text of said) await send(alice, room.id, text)
      const found: (string | null)[] = []
      let cursor: string | null = null
      do {
        const page: Found = await scene.search(alice, {
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
}
