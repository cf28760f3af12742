import { ChatError } from '@chatapp/protocol'
import { NetworkError } from '@chatapp/sdk'

export interface Problem {
  field: 'username' | 'password' | 'form'
  /** A text of the namespace `accounts`. */
  text:
    | 'wrongPassword'
    | 'nameTaken'
    | 'usernameInvalid'
    | 'passwordInvalid'
    | 'tooMany'
    | 'unreachable'
    | 'failed'
}

/** Where to say it, and in which words. */
export function problemOf(error: unknown, kind: 'signIn' | 'register'): Problem {
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
