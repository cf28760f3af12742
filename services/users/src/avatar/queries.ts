import type { AvatarRow, Queries } from '../db/schema.ts'

export async function saveAvatar(sql: Queries, userId: string, key: string | null): Promise<void> {
  await sql`update users.users set avatar = ${key} where id = ${userId}`
}

/** A key names one picture for good, so whoever has it stored already has stored the same. */
export async function insertAvatar(sql: Queries, key: string, picture: Uint8Array): Promise<void> {
  await sql`
    insert into users.avatars (key, picture, stored_at) values (${key}, ${Buffer.from(picture)}, now())
    on conflict (key) do nothing`
}

export async function findAvatar(sql: Queries, key: string): Promise<Uint8Array | undefined> {
  const [row] = await sql<Pick<AvatarRow, 'picture'>[]>`
    select picture from users.avatars where key = ${key}`
  return row?.picture
}

export async function deleteAvatar(sql: Queries, key: string): Promise<void> {
  await sql`delete from users.avatars where key = ${key}`
}
