import { type Client, createClient } from '@chatapp/sdk'

/** Somebody who can sign in. */
export interface Account {
  id: string
  username: string
}

export interface Person extends Account {
  token: string
  client: Client
}

export const PASSWORD = 'correct horse battery staple'
/** The server hashes two passwords at once; a few more keep it from waiting for us. */
const AT_ONCE = 4

/** Registers people over REST, as they would themselves. All names are equally long. */
export function registerPeople(url: string, count: number, clan = 'bench'): Promise<Person[]> {
  const names = Array.from({ length: count }, (_, n) => `${clan}-${String(n).padStart(4, '0')}`)
  return forEach(names, (username) => register(url, username))
}

/** Anew, because the server has moved or their tokens are old. */
export function signIn(url: string, accounts: Account[]): Promise<Person[]> {
  return forEach(accounts, async ({ id, username }) => {
    const client = createClient({ url })
    const { accessToken } = await client.users.login({ username, password: PASSWORD })
    return { id, username, token: accessToken, client }
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

async function register(url: string, username: string): Promise<Person> {
  const client = createClient({ url })
  const session = await client.users.register({ username, password: PASSWORD })
  return { id: session.user.id, username, token: session.accessToken, client }
}
