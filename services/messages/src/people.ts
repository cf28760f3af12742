import { invalidField, type User, type UsersApi } from '@chatapp/protocol'
import type { Bus } from '@chatapp/service-kit'
import { LRUCache } from 'lru-cache'

/** Profiles of the users service, remembered until they change. */
export interface People extends AsyncDisposable {
  /** By id; unknown people are left out. */
  get(userIds: Iterable<string>): Promise<Map<string, User>>
}

const REMEMBERED_MAX = 50_000

export function createPeople(users: Pick<UsersApi, 'profiles'>, bus: Bus): People {
  const remembered = new LRUCache<string, User>({ max: REMEMBERED_MAX })
  let changes = 0
  const news = bus.subscribe('profiles', ({ userId }) => {
    changes += 1
    remembered.delete(userId)
  })
  async function load(userIds: string[], found: Map<string, User>) {
    const changesBefore = changes
    for (const user of await users.profiles(userIds)) {
      found.set(user.id, user)
      // What was read before a change must not be kept after it.
      if (changes === changesBefore) remembered.set(user.id, user)
    }
  }
  return {
    async get(userIds) {
      const found = new Map<string, User>()
      const missing: string[] = []
      for (const id of new Set(userIds)) {
        const user = remembered.get(id)
        if (user) found.set(id, user)
        else missing.push(id)
      }
      if (missing.length > 0) await load(missing, found)
      return found
    },
    async [Symbol.asyncDispose]() {
      news.unsubscribe()
    },
  }
}

/** 400 that names the first id which nobody has. */
export async function assertKnown(
  people: People,
  userIds: string[],
  pathOf: (id: string) => string,
): Promise<void> {
  const known = await people.get(userIds)
  const unknown = userIds.find((id) => !known.has(id))
  if (unknown) throw invalidField(pathOf(unknown), 'must be the id of a user')
}
