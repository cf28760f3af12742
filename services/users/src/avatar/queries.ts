import type { Queries } from '../db/schema.ts'

export async function saveAvatar(sql: Queries, userId: string, key: string | null): Promise<void> {
  await sql`update users.users set avatar = ${key} where id = ${userId}`
}
