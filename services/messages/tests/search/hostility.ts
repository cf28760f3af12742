import { expect, test } from 'vitest'
import { group, type Person, send } from '../boot.ts'
import type { Found } from './engines.ts'
import type { Scene } from './scene.ts'

/** Words that mean something to SQL, to `tsquery`, to an engine's query language or to a regular expression. */
const ATTEMPTS = [
  `'; drop table messages.messages; --`,
  `' or 1=1 --`,
  `x') union select * from users.users --`,
  `"x' | 'hickory"`,
  `x\\' | \\'hickory`,
  'hickory:*',
  'hick:*A',
  '!zzz',
  'zzz | hickory',
  'zzz <-> hickory',
  '((((',
  '"zzz" & !"zzz"',
  'hick*',
  '*',
  '.*',
  '/hick.*/',
  '[a-z]+',
  '^h(i+)+$',
  '_exists_:tokens',
  'tokens:*',
  'conversationId:*',
  '{"match_all":{}}',
  '"}},{"match_all":{}},{"x":"',
  '<script>hickory</script>',
  'from:"\' or 1=1 --"',
  'from:*',
  'in:"*"',
  'in:%',
  'in:"\'); --"',
  'after:"2026-01-01\'; --"',
  'has:"link | Slink"',
  'Hlink',
  'hickory\u0000',
  '\ud800',
  '𝓱𝓲𝓬𝓴 OR 1',
  '$1',
  '%00',
  '\u202ehickory',
]

/** Whoever asks cleverly finds no more than who asks honestly. */
export function testHostility(scene: Scene): void {
  test('nothing that is typed is read as a query of the database or of an engine', async () => {
    const [alice, , carol] = scene.people
    const room = await group(alice, [], { title: 'Wood' })
    await send(alice, room.id, 'hickory https://hickory.example')
    await scene.indexed()
    const markers = [`C${room.id.replaceAll('-', '')}`, `S${alice.id.replaceAll('-', '')}`]
    for (const q of [...ATTEMPTS, ...markers])
      for (const sort of ['best', 'newest']) {
        const path = `/api/messages/search?${new URLSearchParams({ q, sort })}`
        const { status, body } = await carol.call<Found>('GET', path)
        expect([200, 400], q).toContain(status)
        if (status === 200) expect(body.items, q).toEqual([])
      }
    for (const q of [...markers, 'Hlink', 'hick*y'])
      expect(await scene.texts(alice, q), q).toEqual([])
    expect(await scene.texts(alice, 'hickory')).toHaveLength(1)
  })

  test('who is not there can’t tell what is said from what is not', async () => {
    const [alice, bob, carol] = scene.people
    const room = await group(alice, [bob], { title: 'Mahogany Club' })
    for (let i = 0; i < 5; i++) await send(alice, room.id, `mahogany ${i}`)
    const answer = await scene.search(carol, { q: 'mahogany', limit: '2' })
    expect(answer).toEqual(await scene.search(carol, { q: 'nobodysaidthis', limit: '2' }))
    for (const name of ['Mahogany Club', room.id]) {
      const unknown = name === room.id ? crypto.randomUUID() : 'Nobody’s Club'
      const asked = await scene.refusal(carol, `mahogany in:"${name}"`)
      expect(asked.replace(name, unknown)).toBe(
        await scene.refusal(carol, `mahogany in:"${unknown}"`),
      )
    }
  })

  test('a cursor goes on with the search that gave it, for whom it was given', async () => {
    const [alice, bob, carol] = scene.people
    const room = await group(alice, [bob], { title: 'Ebony Club' })
    for (let i = 0; i < 5; i++) await send(alice, room.id, `ebony ${i}`)
    const { next } = await scene.search(bob, { q: 'ebony', limit: '2' })
    expect(next).not.toBeNull()
    const statusOf = async (person: Person, query: Record<string, string>) => {
      const path = `/api/messages/search?${new URLSearchParams(query)}`
      return (await person.call('GET', path)).status
    }
    const cursor = next ?? ''
    expect(await statusOf(bob, { q: 'ebony', cursor })).toBe(200)
    expect(await statusOf(bob, { q: 'ebony', cursor, limit: '1' })).toBe(200)
    expect(await statusOf(carol, { q: 'ebony', cursor })).toBe(400)
    expect(await statusOf(bob, { q: 'ebony club', cursor })).toBe(400)
    expect(await statusOf(bob, { q: 'ebony', sort: 'newest', cursor })).toBe(400)
    for (const wrong of ['x', `${next}x`, btoa(`["",0,"2026-01-01' or 1=1",null,null]`)])
      expect(await statusOf(bob, { q: 'ebony', cursor: wrong })).toBe(400)
  })

  test('names that every object has a property of are those of nobody', async () => {
    const [, bob] = scene.people
    for (const name of ['constructor', '__proto__'])
      for (const operator of ['from', '-from', 'in'])
        expect(await scene.refusal(bob, `ebony ${operator}:${name}`)).toContain(`“${name}”`)
  })
}
