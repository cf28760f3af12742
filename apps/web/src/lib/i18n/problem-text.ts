import { ChatError } from '@chatapp/protocol'
import { NetworkError } from '@chatapp/sdk'
import i18next from 'i18next'

/** Why something did not work, for where nothing more precise can be said. */
export function problemText(error: unknown): string {
  return i18next.t(keyOf(error), { ns: 'problems' })
}

function keyOf(error: unknown) {
  if (error instanceof NetworkError) return 'unreachable'
  if (!(error instanceof ChatError)) return 'failed'
  switch (error.code) {
    case 'forbidden':
      return 'forbidden'
    case 'not-found':
      return 'notFound'
    case 'rate-limited':
      return 'tooMany'
    case 'too-large':
      return 'tooLarge'
    default:
      return 'failed'
  }
}
