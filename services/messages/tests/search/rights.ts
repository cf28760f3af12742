import type { Conversation, TextMessage } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { group, history, type Person, send } from '../boot.ts'
import type { Scene } from './scene.ts'

/** Who finds what. */
export function testRights(scene: Scene): void {
  test('only what the caller may read now is found: no stranger, no leaver, nothing unsent or edited away', async () => {
    const [alice, bob, carol] = scene.people
    const room = await group(alice, [bob], { history: 'since-joined', title: 'Fruit' })
    const first = await send(alice, room.id, 'pineapple one')
    const second = await send(alice, room.id, 'pineapple two')
    expect(await scene.texts(carol, 'pineapple')).toEqual([])
    expect(await scene.refusal(carol, 'in:Fruit')).toContain('you are in no conversation called')
    await alice.call('POST', `/api/participant/${room.id}`, { userIds: [carol.id] })
    expect(await scene.texts(carol, 'pineapple')).toEqual([])
    await send(alice, room.id, 'pineapple three')
    expect(await scene.texts(carol, 'pineapple')).toEqual(['pineapple three'])
    await scene.indexed()
    await alice.call('PUT', `/api/messages/unsent/${first.id}`)
    await alice.call('PUT', `/api/messages/edit/${second.id}`, { data: 'cherry two' })
    expect(await scene.texts(bob, 'pineapple')).toEqual(['pineapple three'])
    expect(await scene.texts(bob, 'cherry')).toEqual(['cherry two'])
    await alice.call('DELETE', `/api/participant/${room.id}/${bob.id}`)
    expect(await scene.texts(bob, 'pineapple')).toEqual([])
  })

  test.each([7, 11, 23])(
    'it finds what going through the history finds, for everybody, whoever came and went (%d)',
    async (seed) => {
      const random = randomOf(seed)
      const rooms = await Promise.all(
        scene.people.map((owner) => group(owner, [], { history: random.pick(HISTORIES) })),
      )
      for (let i = 0; i < 60; i++) await act(scene, rooms, random)
      for (const person of scene.people) {
        const said = await readAll(person, rooms)
        for (const [q, fits] of QUESTIONS) {
          const { items } = await scene.search(person, { q, limit: '200' })
          const found = items.filter(({ message }) =>
            rooms.some(({ id }) => id === message.conversationId),
          )
          const wanted = said.filter(({ data }) => fits((data ?? '').split(' ')))
          expect(found.map(({ message }) => message.id).sort(), q).toEqual(
            wanted.map(({ id }) => id).sort(),
          )
        }
      }
    },
  )
}

const HISTORIES = ['shared', 'since-joined']
const WORDS = ['red', 'blue', 'green', 'reddish', 'grene', 'rad', '赤い']
const QUESTIONS: [q: string, fits: (words: string[]) => boolean][] = [
  ['"red" -blue', (words) => words.includes('red') && !words.includes('blue')],
  ['"blue"', (words) => words.includes('blue')],
  ['"赤い"', (words) => words.includes('赤い')],
  ['reddish "green"', (words) => words.includes('reddish') && words.includes('green')],
]

interface Chance {
  below(max: number): number
  pick<T>(from: readonly T[]): T
}

/** The same for the same seed, so that what fails can be seen again. */
function randomOf(seed: number): Chance {
  let state = seed
  const below = (max: number) => {
    state = (state * 16807) % 2147483647
    return state % max
  }
  const pick = <T>(from: readonly T[]) => from[below(from.length)] as T
  return { below, pick }
}

/** Mostly somebody says something; now and then somebody comes, goes, unsends or edits. */
async function act(scene: Scene, rooms: Conversation[], random: Chance): Promise<void> {
  const at = random.below(rooms.length)
  const [room, owner] = [rooms[at], scene.people[at]]
  if (!room || !owner) throw new Error('everybody owns a room')
  const other = random.pick(scene.people.filter((person) => person !== owner))
  const does = random.below(10)
  if (does === 0) await owner.call('POST', `/api/participant/${room.id}`, { userIds: [other.id] })
  else if (does === 1) await owner.call('DELETE', `/api/participant/${room.id}/${other.id}`)
  else {
    const words = Array.from({ length: 1 + random.below(3) }, () => random.pick(WORDS))
    const message = await send(owner, room.id, words.join(' '))
    if (does === 2) await owner.call('PUT', `/api/messages/unsent/${message.id}`)
    if (does === 3) await owner.call('PUT', `/api/messages/edit/${message.id}`, { data: 'blue' })
  }
}

/** What this person may read, by going through the history. */
async function readAll(person: Person, rooms: Conversation[]): Promise<TextMessage[]> {
  const mine = await person.call<{ items: { id: string }[] }>('GET', '/api/conversations?limit=200')
  const ids = mine.body.items.map(({ id }) => id).filter((id) => rooms.some((r) => r.id === id))
  const all = (await Promise.all(ids.map((id) => history(person, id)))).flat()
  return all.filter((message) => message.kind === 'text')
}
