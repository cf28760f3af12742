import type { Queries, UserRow } from '../db/schema.ts'

export async function findByUsername(sql: Queries, username: string): Promise<UserRow | undefined> {
  const [row] = await sql<UserRow[]>`
    select * from users.users where lower(username) = ${username.toLowerCase()}`
  return row
}

export async function findById(sql: Queries, id: string): Promise<UserRow | undefined> {
  const [row] = await sql<UserRow[]>`select * from users.users where id = ${id}`
  return row
}

/** The active accounts that have the address, in whatever case; the oldest first. */
export function findByEmail(sql: Queries, email: string, most: number): PromiseLike<UserRow[]> {
  return sql<UserRow[]>`
    select * from users.users
    where lower(email) = ${email.toLowerCase()} and deactivated_at is null
    order by id limit ${most}`
}

/** Only while it is still the account's address; says whether it was. */
export async function setEmailVerified(
  sql: Queries,
  { userId, address, at }: { userId: string; address: string; at: Date },
): Promise<UserRow | undefined> {
  const [row] = await sql<UserRow[]>`
    update users.users set email_verified_at = coalesce(email_verified_at, ${at})
    where id = ${userId} and email = ${address} and deactivated_at is null returning *`
  return row
}

export async function insertUser(sql: Queries, user: UserRow): Promise<void> {
  await sql`
    insert into users.users
      (id, username, display_name, email, password_hash, bio, preferences, created_at, is_bot)
    values (${user.id}, ${user.username}, ${user.display_name}, ${user.email},
      ${user.password_hash}, ${user.bio}, ${sql.json(user.preferences)}, ${user.created_at},
      ${user.is_bot})`
}

/**
 * Holds off a change of the password and a deactivation until the transaction ends; false when one
 * came first.
 */
export async function holdCredentials(
  sql: Queries,
  { id, password_hash }: UserRow,
): Promise<boolean> {
  const held = await sql`
    select from users.users
    where id = ${id} and password_hash = ${password_hash} and deactivated_at is null for share`
  return held.length > 0
}

/** False when the password is no longer the one that was looked at. */
export async function replacePasswordHash(
  sql: Queries,
  { id, password_hash }: UserRow,
  newHash: string,
): Promise<boolean> {
  const changed = await sql`
    update users.users set password_hash = ${newHash}
    where id = ${id} and password_hash = ${password_hash} returning 1`
  return changed.length > 0
}

export async function setPasswordHash(sql: Queries, id: string, newHash: string): Promise<void> {
  await sql`update users.users set password_hash = ${newHash} where id = ${id}`
}

export async function setDeactivated(sql: Queries, id: string, at: Date | null): Promise<void> {
  await sql`update users.users set deactivated_at = ${at} where id = ${id}`
}

export async function setAdmin(sql: Queries, id: string, isAdmin: boolean): Promise<void> {
  await sql`update users.users set is_admin = ${isAdmin} where id = ${id}`
}

export async function findUnannounced(sql: Queries, most: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from users.users where announced_at is null order by id limit ${most}`
  return rows.map((row) => row.id)
}

export async function markAnnounced(sql: Queries, ids: string[], at: Date): Promise<void> {
  await sql`
    update users.users set announced_at = ${at} where id = any(${ids}) and announced_at is null`
}

/** Also the deactivated, by name; one more than the page holds, to know whether it is the last. */
export function findAccounts(
  sql: Queries,
  { limit, after = '' }: { limit: number; after: string | undefined },
): PromiseLike<UserRow[]> {
  return sql<UserRow[]>`
    select * from users.users where lower(username) > ${after}
    order by lower(username) limit ${limit + 1}`
}
