import postgres from 'postgres'
import { EmbeddedPostgresError } from './error.ts'
import type { Secrets } from './secrets.ts'
import { PORT } from './socket.ts'

export const SUPERUSER = 'chatapp'
export const DATABASE = 'chatapp'

export const loginOf = (role: string): string => `${SUPERUSER}_${role}`

/** Names go into SQL as they are, so nothing but plain words is let in. */
export function checkRoles(roles: string[]): void {
  const bad = roles.find((role) => !/^(?!pg_|public$)[a-z][a-z0-9_]{0,40}$/.test(role))
  if (bad !== undefined)
    throw new EmbeddedPostgresError(`"${bad}" cannot be the name of a database role.`)
}

/** At every start, so that a role added to ChatApp later appears by itself. */
export async function prepareRoles(
  socketFolder: string,
  secrets: Secrets,
  roles: string[],
): Promise<void> {
  const sql = postgres({
    host: socketFolder,
    port: PORT,
    database: DATABASE,
    username: SUPERUSER,
    password: secrets.superuser,
    max: 1,
    connect_timeout: 10,
    onnotice: () => undefined,
  })
  try {
    const [server] = await sql<{ follows: boolean }[]>`select pg_is_in_recovery() as follows`
    // A copy has the roles of the server that it follows, and takes no statement that writes.
    if (server?.follows) return
    const statements = [
      DATABASE_RULES,
      ...roles.map((role) => roleRules(role, secrets.roles[role] ?? '')),
    ]
    // One simple query is one transaction.
    await sql.unsafe(statements.join('\n')).simple()
  } finally {
    await sql.end({ timeout: 1 })
  }
}

export function isWrongPassword(error: unknown): boolean {
  return error instanceof postgres.PostgresError && ['28P01', '28000'].includes(error.code)
}

/** The extensions live in public, where a PostgreSQL server of the user's own has them too. */
const DATABASE_RULES = `
SET log_min_error_statement = panic;
REVOKE ALL ON DATABASE ${DATABASE}, postgres, template1 FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA public;`

const roleRules = (role: string, password: string): string => `
DO $$ BEGIN
  IF to_regrole('${loginOf(role)}') IS NULL THEN CREATE ROLE ${loginOf(role)}; END IF;
END $$;
ALTER ROLE ${loginOf(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '${password}';
ALTER ROLE ${loginOf(role)} SET search_path = "${role}", public;
GRANT CONNECT, TEMPORARY ON DATABASE ${DATABASE} TO ${loginOf(role)};
CREATE SCHEMA IF NOT EXISTS "${role}" AUTHORIZATION ${loginOf(role)};
REVOKE ALL ON SCHEMA "${role}" FROM PUBLIC;`
