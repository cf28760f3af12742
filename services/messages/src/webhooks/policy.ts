import { invalidField } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { forbidden, isModerator, notFound } from '../conversations/policy.ts'
import { getMembership } from '../conversations/queries.ts'
import { getConversation } from './queries.ts'

/** Of one group, or, with null, of all of them. */
export interface Scope {
  userId: string
  conversationId: string | null
}

/** Asked anew each time: who is an admin no more must not have another minute. */
export async function isInstanceAdmin(
  { users }: Pick<Context, 'users'>,
  userId: string,
): Promise<boolean> {
  const [profile] = await users.profiles([userId])
  return profile?.isAdmin === true
}

/**
 * Owners and admins of a group, and admins of the installation. What two people say to each other
 * is told to no webhook.
 */
export async function assertManages(
  context: Pick<Context, 'users' | 'db'>,
  { userId, conversationId }: Scope,
): Promise<void> {
  const isAdmin = await isInstanceAdmin(context, userId)
  if (conversationId === null) {
    if (isAdmin) return
    throw forbidden('Only admins of this ChatApp see to webhooks of all groups.')
  }
  const conversation = await getConversation(context.db, conversationId)
  if (!isAdmin || !conversation) {
    const { me } = await getMembership(context.db, conversationId, userId)
    if (conversation?.kind === 'group' && !isModerator(me))
      throw forbidden('Only owners and admins of a group see to its webhooks.')
  }
  if (conversation?.kind === 'direct') throw refusePrivate(isAdmin)
}

/** Whoever is not in it does not learn that there is such a conversation. */
const refusePrivate = (isAdmin: boolean) =>
  isAdmin ? notFound() : forbidden('A direct conversation has no webhooks.')

export function assertMayCall(url: string, allowPrivateAddresses: boolean): void {
  const { protocol, username, password } = new URL(url)
  const allowed = allowPrivateAddresses ? ['https:', 'http:'] : ['https:']
  if (!allowed.includes(protocol)) throw invalidField('url', 'must be an https URL')
  if (username !== '' || password !== '')
    throw invalidField('url', 'must not contain a name or a password')
}
