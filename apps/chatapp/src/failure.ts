import { EmbeddedPostgresError } from '@chatapp/embedded'
import { ChatError } from '@chatapp/protocol'
import { NetworkError, UnexpectedAnswer } from '@chatapp/sdk'
import { StartError } from '@chatapp/service-kit'

/** What the person at the terminal is told: one sentence, whatever it was. */
export function toSentence(error: unknown): string {
  const sentence = toClause(error).replaceAll(/\s+/g, ' ').trim()
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

/** The person can mend it; anything else is a fault of ours, whose stack belongs into a log. */
export function isExpected(error: unknown): boolean {
  return EXPECTED.some((kind) => error instanceof kind)
}

/** Says what went wrong on standard error and ends the process. */
export function endWith(error: unknown): never {
  process.stderr.write(`${toSentence(error)}\n`)
  process.exit(1)
}

const EXPECTED = [StartError, EmbeddedPostgresError, ChatError, NetworkError, UnexpectedAnswer]

function toClause(error: unknown): string {
  if (error instanceof NetworkError)
    return `No server answers (${error.message}); check --url and that ChatApp runs there`
  if (error instanceof UnexpectedAnswer)
    return `What answers is not a ChatApp of this version (${error.message})`
  const message = error instanceof Error ? error.message || error.name : String(error)
  return isExpected(error) ? message : `ChatApp failed unexpectedly: ${message}`
}
