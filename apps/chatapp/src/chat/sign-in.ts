import type { Client } from '@chatapp/sdk'
import { StartError } from '@chatapp/service-kit'
import type { Terminal } from './terminal.ts'

export interface Credentials {
  username?: string
  password?: string
  register?: boolean
}

/** Signs in, or makes an account first; asks for what was not given. */
export async function signIn(
  client: Client,
  terminal: Terminal,
  { register, ...given }: Credentials,
): Promise<void> {
  const username = given.username ?? (await terminal.ask('Username: '))
  const password = given.password ?? (await terminal.askSecret('Password: '))
  if (!username || !password) throw new StartError('A username and a password are needed')
  if (register) await client.users.register({ username, password })
  else await client.users.login({ username, password })
}
