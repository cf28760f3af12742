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
export function registerPeople(url: string, count: number): Promise<Person[]> {
  const numbers = Array.from({ length: count }, (_, number) => number)
  return forEach(numbers, (number) => register(url, number))
}

/** Anew, because the server has moved or their tokens are old. */
export function signIn(url: string, people: Person[]): Promise<Person[]> {
  return forEach(people, async (person) => {
    const client = createClient({ url })
    const { accessToken } = await client.users.login({
      username: person.username,
      password: PASSWORD,
    })
    return { ...person, token: accessToken, client }
  })
}

async function forEach<T>(list: T[], work: (one: T) => Promise<Person>): Promise<Person[]> {
  const people: Person[] = []
  const waiting = list.entries()
  const workSome = async () => {
    for (const [i, one] of waiting) people[i] = await work(one)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, workSome))
  return people
}

async function register(url: string, number: number): Promise<Person> {
  const client = createClient({ url })
  const username = `bench-${String(number).padStart(4, '0')}`
  const session = await client.users.register({ username, password: PASSWORD })
  return { id: session.user.id, username, token: session.accessToken, client }
}
