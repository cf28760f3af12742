import type { PublicKey } from '@chatapp/protocol'
import type { Queries, SigningKeyRow } from '../db/schema.ts'

/** The times are the database's: the clocks of processes may differ. */
export async function saveSigningKeys(sql: Queries, keys: PublicKey[]): Promise<void> {
  await sql`
    insert into users.signing_keys (kid, x, used_at)
    select kid, x, now() from unnest(${keys.map((key) => key.kid)}::text[], ${keys.map((key) => key.x)}::text[])
      as k (kid, x)
    on conflict (kid) do update set used_at = excluded.used_at`
}

export async function deleteUnusedKeys(sql: Queries, unusedForSeconds: number): Promise<void> {
  await sql`
    delete from users.signing_keys where used_at < now() - make_interval(secs => ${unusedForSeconds})`
}

export function findSigningKeys(sql: Queries): PromiseLike<Pick<SigningKeyRow, 'kid' | 'x'>[]> {
  return sql<Pick<SigningKeyRow, 'kid' | 'x'>[]>`select kid, x from users.signing_keys order by kid`
}
