import { invalidField, type Profile, type User, type UsersApi } from '@chatapp/protocol'
import type { Bus } from '@chatapp/service-kit'
import { LRUCache } from 'lru-cache'

/** Profiles of the users service, remembered until they change. */
export interface People extends AsyncDisposable {
  /** By id; unknown people are left out. */
  get(userIds: Iterable<string>): Promise<Map<string, User>>
  /** Those among them whose reading is told to nobody, and who are told nobody's. */
  hidingReads(userIds: Iterable<string>): Promise<Set<string>>
}

const REMEMBERED_MAX = 50_000
/** A process that is killed tells nobody what it has just stored. */
const REMEMBERED_FOR_MS = 60_000

interface PeopleOptions {
  users: Pick<UsersApi, 'profiles'>
  bus: Bus
  now: () => number
}

export function createPeople({ users, bus, now }: PeopleOptions): People {
  const remembered = new LRUCache<string, Profile>({
    max: REMEMBERED_MAX,
    ttl: REMEMBERED_FOR_MS,
    perf: { now },
  })
  let changes = 0
  const news = bus.subscribe('profiles', ({ userId }) => {
    changes += 1
    remembered.delete(userId)
  })
  // Changes of that time have passed us by.
  const recoveries = bus.onRecovery(() => {
    changes += 1
    remembered.clear()
  })
  async function load(userIds: string[]): Promise<Profile[]> {
    const changesBefore = changes
    const loaded = await users.profiles(userIds)
    // What was read before a change must not be kept after it.
    if (changes === changesBefore)
      for (const profile of loaded) remembered.set(profile.user.id, profile)
    return loaded
  }
  async function find(userIds: Iterable<string>): Promise<Profile[]> {
    const found: Profile[] = []
    const missing: string[] = []
    for (const id of new Set(userIds)) {
      const profile = remembered.get(id)
      if (profile) found.push(profile)
      else missing.push(id)
    }
    return missing.length > 0 ? found.concat(await load(missing)) : found
  }
  return {
    get: async (userIds) => new Map((await find(userIds)).map(({ user }) => [user.id, user])),
    async hidingReads(userIds) {
      const hiding = (await find(userIds)).filter(({ hidesReads }) => hidesReads)
      return new Set(hiding.map(({ user }) => user.id))
    },
    async [Symbol.asyncDispose]() {
      recoveries[Symbol.dispose]()
      news.unsubscribe()
    },
  }
}

/** 400 that names the first id which nobody has. */
export function assertKnown(
  known: ReadonlyMap<string, unknown>,
  userIds: string[],
  pathOf: (id: string) => string,
): void {
  const unknown = userIds.find((id) => !known.has(id))
  if (unknown) throw invalidField(pathOf(unknown), 'must be the id of a user')
}
