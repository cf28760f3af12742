import { ChatError, type Conversation } from '@chatapp/protocol'
import { type Client, createClient } from '@chatapp/sdk'
import { patiently } from './patience.ts'
import { DEMO_PASSWORD, type Persona, people } from './people.ts'
import type { Place } from './places.ts'

/** The people of the demo, signed in. */
export type Actors = Map<string, Client>

export async function signInActors(url: string): Promise<Actors> {
  const actors: Actors = new Map()
  for (const person of people) actors.set(person.username, await signIn(url, person))
  return actors
}

export async function closeActors(actors: Actors): Promise<void> {
  await Promise.all([...actors.values()].map((client) => client.close()))
}

export function actor(actors: Actors, username: string): Client {
  const client = actors.get(username)
  if (!client) throw new Error(`${username} is not in the demo`)
  return client
}

/** Registers, or signs in when an earlier seed has registered already. */
async function signIn(url: string, { bio, ...person }: Persona): Promise<Client> {
  const client = createClient({ url })
  const credentials = { username: person.username, password: DEMO_PASSWORD }
  try {
    await patiently(() =>
      client.users.register({ ...credentials, displayName: person.displayName }),
    )
    await patiently(() => client.users.updateMe({ bio }))
  } catch (error) {
    if (!(error instanceof ChatError) || error.code !== 'conflict') throw error
    await patiently(() => client.users.login(credentials)).catch(
      explainOtherPassword(person.username),
    )
  }
  return client
}

const explainOtherPassword = (username: string) => (error: unknown) => {
  if (!(error instanceof ChatError) || error.code !== 'unauthenticated') throw error
  throw new ChatError(
    'conflict',
    `There is a user "${username}" who is not of the demo; seed an empty ChatApp.`,
  )
}

/** The place's conversation; that of an earlier seed if there is one. */
export async function openPlace(actors: Actors, place: Place): Promise<Conversation> {
  const [host = '', ...guests] = place.usernames
  const client = actor(actors, host)
  const ids = guests.map((name) => actor(actors, name).session?.user.id ?? '')
  if (place.title === null) return patiently(() => client.conversations.openDirect(ids[0] ?? ''))
  for await (const one of client.conversations.all()) {
    if (one.kind === 'group' && one.title === place.title) return one
  }
  const title = place.title
  return patiently(() => client.conversations.create({ title, userIds: ids }))
}
