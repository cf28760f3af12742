import { type Environment, onOff, readEnvironment } from '@chatapp/service-kit'
import { z } from 'zod'
import { type EngineConfig, readEngineConfig } from './search/engine/config.ts'

const schema = z.object({ LOBBY: onOff('on'), ALLOW_PRIVATE_ADDRESSES: onOff('off') })

export interface MessagesConfig {
  /** Whether everybody is in the group "General". */
  lobby: boolean
  /** Undefined: PostgreSQL searches. */
  searchEngine: EngineConfig | undefined
  /** Whether a webhook may be on loopback or a private network, and then without TLS. */
  allowPrivateAddresses: boolean
}

export function readMessagesConfig(env: Environment): MessagesConfig {
  const given = readEnvironment(schema, env)
  return {
    lobby: given.LOBBY,
    searchEngine: readEngineConfig(env),
    allowPrivateAddresses: given.ALLOW_PRIVATE_ADDRESSES,
  }
}
