import type { PublicKey } from '@chatapp/protocol'
import { ACCESS_TOKEN } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { deleteUnusedKeys, findSigningKeys, saveSigningKeys } from './queries.ts'

/** Longer than a token lives, with room for the rounds in which keys are published. */
const BELIEVED_AFTER_USE_SECONDS = 2 * ACCESS_TOKEN.lifetimeSeconds

/**
 * Tells the other processes of this service what we sign with, so that each may have a key of its
 * own; and forgets the keys of processes that are gone, once all they signed has ended.
 */
export async function publishKeys({ sql, tokens }: Pick<Context, 'sql' | 'tokens'>): Promise<void> {
  await saveSigningKeys(
    sql,
    tokens.keys.map((key) => key.publicKey),
  )
  await deleteUnusedKeys(sql, BELIEVED_AFTER_USE_SECONDS)
}

/** Of all processes of this service. */
export async function listKeys({
  sql,
  tokens,
}: Pick<Context, 'sql' | 'tokens'>): Promise<PublicKey[]> {
  const own = tokens.keys.map((key) => key.publicKey)
  const known = new Set(own.map((key) => key.kid))
  const others = (await findSigningKeys(sql)).filter((key) => !known.has(key.kid))
  return [...own, ...others.map(({ kid, x }) => ({ kid, x, kty: 'OKP', crv: 'Ed25519' }))]
}
