import { readFileSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { childrenOf } from '../machine/proc.ts'

/** How to reach the embedded PostgreSQL as its superuser. */
export interface Login {
  host: string
  port: number
  database: string
  username: string
  password: string
}

export type Sql = postgres.Sql

export async function loginTo(directory: string): Promise<Login> {
  const secrets = readFileSync(join(directory, 'secrets', 'postgres.json'), 'utf8')
  return {
    // A long path has a link here to a folder elsewhere, and the kernel wants the short one.
    host: await realpath(join(directory, 'postgres', 'socket')),
    port: 5432,
    database: 'chatapp',
    username: 'chatapp',
    password: JSON.parse(secrets).superuser,
  }
}

export const connectTo = (login: Login): Sql => postgres({ ...login, max: 1, onnotice: () => {} })

/** PostgreSQL's first process and all that it has started. */
export function databaseProcesses(directory: string): number[] {
  const file = readFileSync(join(directory, 'postgres', 'data', 'postmaster.pid'), 'utf8')
  const postmaster = Number.parseInt(file, 10)
  return [postmaster, ...childrenOf(postmaster)]
}
