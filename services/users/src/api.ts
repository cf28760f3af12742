import type { UsersApi } from '@chatapp/protocol'
import type { Context } from './context.ts'
import { presentProfile } from './profile/present.ts'
import { findActiveByUsername, findProfiles } from './profile/queries.ts'
import { ENDED_KEPT_MS } from './session/policy.ts'
import { findRevokedSince } from './session/queries.ts'
import { listKeys } from './token/publish-keys.ts'

/** What other services ask; one query each. */
export function createApi(ctx: Context): UsersApi {
  return {
    profiles: async (userIds) => (await findProfiles(ctx.sql, userIds)).map(presentProfile),
    async idsByUsername(usernames) {
      const rows = await findActiveByUsername(ctx.sql, usernames)
      return rows.map(({ name, id }) => [name, id])
    },
    signingKeys: () => listKeys(ctx),
    async endedSessions() {
      const rows = await findRevokedSince(ctx.sql, ctx.now() - ENDED_KEPT_MS)
      return rows.map((row) => row.id)
    },
  }
}
