import { ChatError } from '@chatapp/protocol'
import { NetworkError } from '@chatapp/sdk'

type Kind = 'signIn' | 'register'

export interface Problem {
  field: 'username' | 'password' | 'form'
  /** A text of the namespace `accounts`. */
  text:
    | 'usernameMissing'
    | 'passwordMissing'
    | 'wrongPassword'
    | 'nameTaken'
    | 'usernameInvalid'
    | 'passwordInvalid'
    | 'tooMany'
    | 'unreachable'
    | 'failed'
}

const USERNAME = /^[A-Za-z0-9._-]{3,32}$/
const PASSWORD_LENGTH_MIN = 8

/** What needs no server to be seen. */
export function problemBefore(
  { username, password }: { username: string; password: string },
  kind: Kind,
): Problem | null {
  if (username === '') return { field: 'username', text: 'usernameMissing' }
  if (kind === 'register' && !USERNAME.test(username)) {
    return { field: 'username', text: 'usernameInvalid' }
  }
  if (password === '') return { field: 'password', text: 'passwordMissing' }
  const isTooShort = [...password].length < PASSWORD_LENGTH_MIN
  return kind === 'register' && isTooShort ? { field: 'password', text: 'passwordInvalid' } : null
}

/** Where to say it, and in which words. */
export function problemOf(error: unknown, kind: Kind): Problem {
  if (error instanceof NetworkError) return { field: 'form', text: 'unreachable' }
  if (!(error instanceof ChatError)) return { field: 'form', text: 'failed' }
  switch (error.code) {
    case 'unauthenticated':
      return { field: 'form', text: 'wrongPassword' }
    case 'conflict':
      return { field: 'username', text: 'nameTaken' }
    case 'rate-limited':
      return { field: 'form', text: 'tooMany' }
    case 'invalid':
      if (kind === 'signIn') return { field: 'form', text: 'wrongPassword' }
      return error.errors?.some(({ path }) => path === 'username')
        ? { field: 'username', text: 'usernameInvalid' }
        : { field: 'password', text: 'passwordInvalid' }
    default:
      return { field: 'form', text: 'failed' }
  }
}
