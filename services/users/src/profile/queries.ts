import type { Queries, UserRow } from '../db/schema.ts'
import { nameKeys } from './name-keys.ts'
import type { KnownRow, ProfileRow } from './present.ts'

export function findProfiles(sql: Queries, ids: string[]): PromiseLike<KnownRow[]> {
  return sql<KnownRow[]>`
    select id, username, display_name, avatar, bio, preferences, is_admin, is_bot
    from users.users where id = any(${ids})`
}

export function findActiveByUsername(
  sql: Queries,
  usernames: string[],
): PromiseLike<{ id: string; name: string }[]> {
  const names = usernames.map((name) => name.toLowerCase())
  return sql<{ id: string; name: string }[]>`
    select id, lower(username) as name from users.users
    where lower(username) = any(${names}) and deactivated_at is null`
}

export async function findOwnProfile(sql: Queries, id: string): Promise<UserRow | undefined> {
  const [row] = await sql<UserRow[]>`select * from users.users where id = ${id}`
  return row
}

export async function lockProfile(sql: Queries, id: string): Promise<UserRow | undefined> {
  const [row] = await sql<UserRow[]>`
    select * from users.users where id = ${id} for no key update`
  return row
}

export async function saveProfile(sql: Queries, row: UserRow): Promise<void> {
  await sql`
    update users.users
    set display_name = ${row.display_name}, email = ${row.email},
      email_verified_at = ${row.email_verified_at}, bio = ${row.bio},
      preferences = ${sql.json(row.preferences)}
    where id = ${row.id}`
}

type Names = Pick<UserRow, 'id' | 'username' | 'display_name'>

export async function insertNameKeys(sql: Queries, user: Names): Promise<void> {
  const keys = nameKeys(user.username, user.display_name)
  await sql`
    insert into users.name_keys (key, user_id) select unnest(${keys}::text[]), ${user.id}`
}

export async function replaceNameKeys(sql: Queries, user: Names): Promise<void> {
  await sql`delete from users.name_keys where user_id = ${user.id}`
  await insertNameKeys(sql, user)
}

interface Search {
  /** A name key; '' finds everybody. */
  prefix: string
  /** Lower-case username of the last person of the page before. */
  after: string | undefined
  limit: number
}

/**
 * One more than the page holds, to know whether it is the last. The prefix is a range of bytes and
 * not a LIKE: nothing to escape, and a prepared statement uses the index for any value.
 */
export function searchProfiles(
  sql: Queries,
  { prefix, after = '', limit }: Search,
): PromiseLike<ProfileRow[]> {
  const found = sql`
    and id in (select user_id from users.name_keys
      where key >= ${prefix} and key < ${`${prefix}\u{10ffff}`})`
  return sql<ProfileRow[]>`
    select id, username, display_name, avatar, bio, is_bot from users.users
    where deactivated_at is null and lower(username) > ${after} ${prefix === '' ? sql`` : found}
    order by lower(username) limit ${limit + 1}`
}
