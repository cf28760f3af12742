import { fileURLToPath } from 'node:url'
import { startProcess } from '../machine/process.ts'
import type { Login } from '../product/database.ts'

const SCRIPT = fileURLToPath(new URL('./insert-rows.ts', import.meta.url))

export type InsertKind = 'batched' | 'single'

/** What the process that inserts is told. */
export interface InsertOrder {
  login: Login
  kind: InsertKind
  seconds: number
}

/** Rows a second, inserted by a process that shares the server's core with PostgreSQL. */
export async function runInserts({
  cores,
  ...order
}: InsertOrder & { cores: string | undefined }): Promise<number> {
  const env = { INSERT_ORDER: JSON.stringify(order) }
  const started = await startProcess({
    args: [SCRIPT],
    env,
    cores,
    ready: /inserted (\S+) a second/,
  })
  await started[Symbol.asyncDispose]()
  return Number(started.ready)
}
