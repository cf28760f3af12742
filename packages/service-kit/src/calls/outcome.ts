import { type CallOutcome, ChatError } from '@chatapp/protocol'
import type { Outcome } from '../batcher.ts'
import { toChatError } from '../http/problem.ts'

/** An error as it travels to another service. */
export function toFailedOutcome(thrown: unknown): CallOutcome {
  const { code, message: detail, errors, retryAfter } = toChatError(thrown)
  return {
    ok: false,
    error: { code, detail, ...(errors && { errors }), ...(retryAfter && { retryAfter }) },
  }
}

/** The same error on the other side. */
export function fromOutcome<T>(
  outcome: CallOutcome | undefined,
  parse: (value: unknown) => T,
): Outcome<T> {
  if (!outcome) return { ok: false, error: new Error('a call has no outcome') }
  if (outcome.ok) return { ok: true, value: parse(outcome.value) }
  const { code, detail, errors, retryAfter } = outcome.error
  return { ok: false, error: new ChatError(code, detail, { errors, retryAfter }) }
}
