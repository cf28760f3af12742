import { connectPostgres } from '@chatapp/service-kit'
import type { Person, Product } from './product.ts'

/** As `chatapp user promote` does. */
export async function makeAdmin({ database }: Product, { session }: Person): Promise<void> {
  const target = database.admin
  await using postgres = await connectPostgres({ target, name: 'tests', maxConnections: 1 })
  await postgres.sql`update users.users set is_admin = true where id = ${session.user.id}`
}
