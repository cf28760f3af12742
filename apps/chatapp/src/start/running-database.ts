import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { PostgresTarget } from '@chatapp/service-kit'
import { z } from 'zod'
import type { StoringService } from '../config.ts'
import { isListening, socketPort } from './watch-database.ts'

const secretsSchema = z.object({ roles: z.record(z.string(), z.string()) })

/** How to reach the embedded PostgreSQL that another ChatApp process on this directory runs. */
export async function findRunningDatabase(
  directory: string,
): Promise<((service: StoringService) => PostgresTarget) | undefined> {
  const found = await readPlace(directory).catch(() => undefined)
  if (!found || !(await isListening(found.folder))) return undefined
  return (service) => ({
    socket: {
      host: found.folder,
      port: socketPort,
      database: 'chatapp',
      username: `chatapp_${service}`,
      password: found.passwords[service] ?? '',
    },
  })
}

async function readPlace(directory: string) {
  const secrets = await readFile(join(directory, 'secrets', 'postgres.json'), 'utf8')
  return {
    // A long path has a link here to a folder elsewhere, and the kernel wants the short one.
    folder: await realpath(join(directory, 'postgres', 'socket')),
    passwords: secretsSchema.parse(JSON.parse(secrets)).roles,
  }
}
