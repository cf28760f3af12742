import { type Environment, onOff, readEnvironment } from '@chatapp/service-kit'
import { z } from 'zod'
import { type EngineConfig, readEngineConfig } from './search/engine/config.ts'

const schema = z.object({ LOBBY: onOff('on') })

export interface MessagesConfig {
  /** Whether everybody is in the group "General". */
  lobby: boolean
  /** Undefined: PostgreSQL searches. */
  searchEngine: EngineConfig | undefined
}

export function readMessagesConfig(env: Environment): MessagesConfig {
  return { lobby: readEnvironment(schema, env).LOBBY, searchEngine: readEngineConfig(env) }
}
