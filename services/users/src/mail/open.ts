import type { AccountMail } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import { createMailToken, hashMailToken, hasLink } from './policy.ts'
import { presentMailbox } from './present.ts'
import { findWanted, insertMailToken } from './queries.ts'

/** The token is made now: nowhere does one wait that could be read. */
export async function openMail({ sql, now }: Context, id: string): Promise<AccountMail | null> {
  const wanted = await findWanted(sql, id, new Date(now()))
  if (!wanted) return null
  const mailbox = { ...presentMailbox(wanted), address: wanted.address }
  if (!hasLink(wanted.kind)) return { mailbox, token: null }
  const token = createMailToken()
  await insertMailToken(sql, hashMailToken(token), id)
  return { mailbox, token }
}
