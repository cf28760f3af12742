import { createECDH } from 'node:crypto'
import { findSecret, StartError } from '@chatapp/service-kit'
import type { Kysely } from 'kysely'
import webPush from 'web-push'
import { z } from 'zod'
import type { Database } from './db/schema.ts'

/** A P-256 pair as RFC 8292 has it, base64url. */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

const pairSchema = z.object({ publicKey: z.string(), privateKey: z.string() })

/**
 * The pair in the database, beside the subscriptions that it belongs to: so all processes have the
 * same one. Its first owner puts it there: an earlier version's file, or whoever makes one.
 */
export async function keepVapidKeys(
  db: Kysely<Database>,
  dataDirectory: string,
): Promise<VapidKeys> {
  const kept = await findKeys(db)
  if (kept) return kept
  const { publicKey, privateKey } =
    (await readFileOfBefore(dataDirectory)) ?? webPush.generateVAPIDKeys()
  await db
    .insertInto('notifications.vapid_keys')
    .values({ public_key: publicKey, private_key: privateKey })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await findKeys(db)) ?? { publicKey, privateKey }
}

/** Throws when it is no private key of the curve. */
export function fromPrivateKey(privateKey: string): VapidKeys {
  if (Buffer.from(privateKey, 'base64url').length !== 32) throw new Error('it has not 32 bytes')
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(privateKey, 'base64url')
  return { publicKey: pair.getPublicKey('base64url'), privateKey }
}

async function findKeys(db: Kysely<Database>): Promise<VapidKeys | undefined> {
  const row = await db.selectFrom('notifications.vapid_keys').selectAll().executeTakeFirst()
  return row && { publicKey: row.public_key, privateKey: inFull(row.private_key) }
}

async function readFileOfBefore(dataDirectory: string): Promise<VapidKeys | undefined> {
  const file = await findSecret(dataDirectory, 'vapid.json')
  if (file === undefined) return undefined
  try {
    return pairSchema.parse(JSON.parse(file))
  } catch (cause) {
    throw new StartError('secrets/vapid.json holds no VAPID keys; restore or remove it', { cause })
  }
}

/** Earlier versions left out zeros that a key began with. */
const inFull = (privateKey: string) =>
  Buffer.from(
    Buffer.from(privateKey, 'base64url').toString('hex').padStart(64, '0'),
    'hex',
  ).toString('base64url')
