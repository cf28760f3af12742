import { type Environment, onOff, readEnvironment } from '@chatapp/service-kit'
import { z } from 'zod'

const schema = z.object({ LOBBY: onOff('on') })

export interface MessagesConfig {
  /** Whether everybody is in the group "General". */
  lobby: boolean
}

export function readMessagesConfig(env: Environment): MessagesConfig {
  return { lobby: readEnvironment(schema, env).LOBBY }
}
