import { type Client, createClient } from '@chatapp/sdk'

export interface Person {
  id: string
  username: string
  token: string
  client: Client
}

export const PASSWORD = 'correct horse battery staple'
/** The server hashes two passwords at once; a few more keep it from waiting for us. */
const AT_ONCE = 4

/** Registers people over REST, as they would themselves. All names are equally long. */
export async function registerPeople(url: string, count: number): Promise<Person[]> {
  const people: Person[] = []
  let next = 0
  const registerSome = async () => {
    for (let i = next++; i < count; i = next++) people[i] = await register(url, i)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, registerSome))
  return people
}

async function register(url: string, number: number): Promise<Person> {
  const client = createClient({ url })
  const username = `bench-${String(number).padStart(4, '0')}`
  const session = await client.users.register({ username, password: PASSWORD })
  return { id: session.user.id, username, token: session.accessToken, client }
}
