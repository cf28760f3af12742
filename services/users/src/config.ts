import { type Environment, readEnvironment } from '@chatapp/service-kit'
import { z } from 'zod'
import { parseSigningKeys, type SigningKey } from './token/signing-key.ts'

export interface UsersConfig {
  /** The first one signs, all of them are believed; none: the data directory has one. */
  signingKeys: SigningKey[]
}

const variables = z.object({
  SIGNING_KEY: z
    .string()
    .transform((text, context) => {
      const keys = parseSigningKeys(text)
      if (keys) return keys
      context.addIssue(
        'must be Ed25519 private keys, each as PKCS#8 in base64 or as a JWK, separated by commas',
      )
      return z.NEVER
    })
    .default([]),
})

export function readUsersConfig(env: Environment): UsersConfig {
  return { signingKeys: readEnvironment(variables, env).SIGNING_KEY }
}
