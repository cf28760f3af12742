import type { AccountMailKind } from '@chatapp/protocol'
import type { MailRow, Queries, UserRow } from '../db/schema.ts'

/** At once; the rest comes in the next round. */
const ORDERS_MAX = 200

/** Also none: then it does nothing, in the time that it takes. */
export async function insertMails(sql: Queries, mails: MailRow[]): Promise<void> {
  await sql`
    insert into users.mails (id, user_id, kind, address, created_at, expires_at)
    select * from unnest(
      ${mails.map((mail) => mail.id)}::uuid[], ${mails.map((mail) => mail.user_id)}::uuid[],
      ${mails.map((mail) => mail.kind)}::text[], ${mails.map((mail) => mail.address)}::text[],
      ${mails.map((mail) => mail.created_at.toISOString())}::timestamptz[],
      ${mails.map((mail) => mail.expires_at.toISOString())}::timestamptz[])`
}

export function findWaitingMails(sql: Queries, at: Date): PromiseLike<MailRow[]> {
  return sql<MailRow[]>`
    select * from users.mails where taken_at is null and expires_at > ${at}
    order by id limit ${ORDERS_MAX}`
}

export async function markTaken(sql: Queries, ids: string[], at: Date): Promise<void> {
  await sql`
    update users.mails set taken_at = ${at} where id = any(${ids}::uuid[]) and taken_at is null`
}

export type MailWithUser = Pick<MailRow, 'kind' | 'address'> & UserRow

/** Unless nobody wants it any more: it is too old, or the account has another address or is closed. */
export async function findWanted(
  sql: Queries,
  id: string,
  at: Date,
): Promise<MailWithUser | undefined> {
  const [row] = await sql<MailWithUser[]>`
    select u.*, m.kind, m.address from users.mails m join users.users u on u.id = m.user_id
    where m.id = ${id} and m.expires_at > ${at} and u.deactivated_at is null
      and (m.kind = 'email-changed' or m.address = u.email)
      and (m.kind <> 'email-verification' or u.email_verified_at is null)`
  return row
}

/** The mail may be gone by now, used or withdrawn: then nothing is stored. */
export async function insertMailToken(sql: Queries, hash: Buffer, mailId: string): Promise<void> {
  await sql`
    insert into users.mail_tokens (token_hash, mail_id)
    select ${hash}, id from users.mails where id = ${mailId} for key share`
}

interface Given {
  hash: Buffer
  kind: AccountMailKind
  at: Date
}

export async function findUserOfToken(
  sql: Queries,
  { hash, kind, at }: Given,
): Promise<UserRow | undefined> {
  const [row] = await sql<UserRow[]>`
    select u.* from users.mail_tokens t
    join users.mails m on m.id = t.mail_id join users.users u on u.id = m.user_id
    where t.token_hash = ${hash} and m.kind = ${kind} and m.expires_at > ${at}
      and u.deactivated_at is null`
  return row
}

/** Ends the mail with all its tokens: of two who come with one, the second finds nothing. */
export async function useToken(
  sql: Queries,
  { hash, kind, at }: Given,
): Promise<Pick<MailRow, 'user_id' | 'address'> | undefined> {
  const [row] = await sql<Pick<MailRow, 'user_id' | 'address'>[]>`
    delete from users.mails
    where id = (select mail_id from users.mail_tokens where token_hash = ${hash})
      and kind = ${kind} and expires_at > ${at}
    returning user_id, address`
  return row
}

export async function deleteMails(
  sql: Queries,
  userId: string,
  kind: AccountMailKind,
): Promise<void> {
  await sql`delete from users.mails where user_id = ${userId} and kind = ${kind}`
}

export async function deleteMailsExpiredBefore(sql: Queries, at: Date): Promise<void> {
  await sql`delete from users.mails where expires_at < ${at}`
}

export type MailboxRow = Pick<UserRow, 'id' | 'email' | 'username' | 'display_name' | 'preferences'>

export function findMailboxes(sql: Queries, userIds: string[]): PromiseLike<MailboxRow[]> {
  return sql<MailboxRow[]>`
    select id, email, username, display_name, preferences from users.users
    where id = any(${userIds}::uuid[]) and email is not null and email_verified_at is not null
      and deactivated_at is null`
}
