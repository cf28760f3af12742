import type { UsersApi } from '@chatapp/protocol'
import type { Context } from './context.ts'
import { openMail } from './mail/open.ts'
import { presentMailbox, presentOrder } from './mail/present.ts'
import { findMailboxes, findWaitingMails, markTaken } from './mail/queries.ts'
import { presentProfile } from './profile/present.ts'
import { findActiveByUsername, findProfiles } from './profile/queries.ts'
import { ENDED_KEPT_MS } from './session/policy.ts'
import { findLiveAmong, findRevokedSince } from './session/queries.ts'
import { listKeys } from './token/publish-keys.ts'

/** What other services ask; one query each. */
export function createApi(ctx: Context): UsersApi {
  return {
    profiles: async (userIds) => (await findProfiles(ctx.sql, userIds)).map(presentProfile),
    async idsByUsername(usernames) {
      const rows = await findActiveByUsername(ctx.sql, usernames)
      return rows.map(({ name, id }) => [name, id])
    },
    waitingMails: async () =>
      (await findWaitingMails(ctx.sql, new Date(ctx.now()))).map(presentOrder),
    mailsTaken: (ids) => markTaken(ctx.sql, ids, new Date(ctx.now())),
    openMail: (id) => openMail(ctx, id),
    mailboxes: async (userIds) => (await findMailboxes(ctx.sql, userIds)).map(presentMailbox),
    signingKeys: () => listKeys(ctx),
    liveSessions: (sessionIds) => findLiveAmong(ctx.sql, sessionIds, new Date(ctx.now())),
    async endedSessions() {
      const rows = await findRevokedSince(ctx.sql, ctx.now() - ENDED_KEPT_MS)
      return rows.map((row) => row.id)
    },
  }
}
