import { ChatError, invalidField, type Profile, type User, type UsersApi } from '@chatapp/protocol'
import type { Bus, Logger } from '@chatapp/service-kit'
import { LRUCache } from 'lru-cache'
import { createPatience } from './patience.ts'

/** Profiles of the users service, remembered until they change. */
export interface People extends AsyncDisposable {
  /** By id; unknown people are left out. */
  get(userIds: Iterable<string>): Promise<Map<string, User>>
  /** Those among them whose reading is told to nobody, and who are told nobody's. */
  hidingReads(userIds: Iterable<string>): Promise<Set<string>>
  /**
   * For many at once, who are not to wait for each other: while the users service does not answer,
   * people are as they were last known to be. Unknown ones are left out.
   */
  lookUp(userIds: Iterable<string>): Promise<Map<string, Profile | Unanswered>>
  /** The same for lower-case usernames: their user ids. */
  lookUpNames(usernames: Iterable<string>): Promise<Map<string, string | Unanswered>>
}

/** Nobody answers, and nothing was known before. */
export type Unanswered = 'unanswered'

const REMEMBERED_MAX = 50_000
/** A process that is killed tells nobody what it has just stored. */
const REMEMBERED_FOR_MS = 60_000

/** Stands for no id: a name that nobody had. */
const NOBODYS = ''

interface PeopleOptions {
  users: Pick<UsersApi, 'profiles' | 'idsByUsername'>
  bus: Bus
  log: Logger
  now: () => number
}

export function createPeople(options: PeopleOptions): People {
  const { users, log } = options
  const profiles = rememberProfiles(options)
  const names = new LRUCache<string, string>({ max: REMEMBERED_MAX })
  const ask = createPatience((error) =>
    log.warn({ err: error }, 'the users service does not answer; people are as last known'),
  )
  async function find(userIds: Iterable<string>): Promise<Profile[]> {
    const { found, missing } = profiles.recall(userIds)
    return missing.length > 0 ? found.concat(await profiles.load(missing)) : found
  }
  async function loadNames(usernames: string[]): Promise<Map<string, string>> {
    const ids = new Map(await users.idsByUsername(usernames))
    for (const name of usernames) names.set(name, ids.get(name) ?? NOBODYS)
    return ids
  }
  return {
    get: async (userIds) => new Map((await find(userIds)).map(({ user }) => [user.id, user])),
    async hidingReads(userIds) {
      const hiding = (await find(userIds)).filter(({ hidesReads }) => hidesReads)
      return new Set(hiding.map(({ user }) => user.id))
    },
    async lookUp(userIds) {
      const { found, missing } = profiles.recall(userIds)
      const known = new Map<string, Profile | Unanswered>(found.map(byId))
      const loaded = missing.length > 0 ? await ask(() => profiles.load(missing)) : []
      if (loaded) for (const profile of loaded) known.set(...byId(profile))
      else for (const id of missing) known.set(id, profiles.lastKnown(id) ?? 'unanswered')
      return known
    },
    async lookUpNames(usernames) {
      const wanted = [...new Set(usernames)]
      if (wanted.length === 0) return new Map()
      const ids = await ask(() => loadNames(wanted))
      if (ids) return ids
      const last = wanted.map((name) => [name, names.get(name) ?? 'unanswered'] as const)
      return new Map(last.filter(([, id]) => id !== NOBODYS))
    },
    [Symbol.asyncDispose]: async () => profiles[Symbol.dispose](),
  }
}

const byId = (profile: Profile): [string, Profile] => [profile.user.id, profile]

function rememberProfiles({ users, bus, now }: PeopleOptions) {
  const remembered = new LRUCache<string, Profile>({
    max: REMEMBERED_MAX,
    ttl: REMEMBERED_FOR_MS,
    noDeleteOnStaleGet: true,
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
  return {
    recall(userIds: Iterable<string>) {
      const found: Profile[] = []
      const missing: string[] = []
      for (const id of new Set(userIds)) {
        const profile = remembered.get(id)
        if (profile) found.push(profile)
        else missing.push(id)
      }
      return { found, missing }
    },
    async load(userIds: string[]): Promise<Profile[]> {
      const changesBefore = changes
      const loaded = await users.profiles(userIds)
      // What was read before a change must not be kept after it.
      if (changes === changesBefore)
        for (const profile of loaded) remembered.set(profile.user.id, profile)
      return loaded
    },
    /** Perhaps from longer ago than is trusted, but from before no change that we heard of. */
    lastKnown: (userId: string) => remembered.get(userId, { allowStale: true }),
    [Symbol.dispose]() {
      recoveries[Symbol.dispose]()
      news.unsubscribe()
    },
  }
}

export const nobodyAnswers = () =>
  new ChatError('overloaded', 'The users service does not answer; try again.', { retryAfter: 1 })

/** 400 that names the first id which nobody has. */
export function assertKnown(
  known: ReadonlyMap<string, unknown>,
  userIds: string[],
  pathOf: (id: string) => string,
): void {
  const unknown = userIds.find((id) => !known.has(id))
  if (unknown) throw invalidField(pathOf(unknown), 'must be the id of a user')
}
