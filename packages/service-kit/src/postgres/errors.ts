import { ChatError } from '@chatapp/protocol'

const sqlState = (error: unknown): string =>
  String((error as { code?: unknown } | null)?.code ?? '')

export const isUniqueViolation = (error: unknown) => sqlState(error) === '23505'

/** A deadlock or serialization failure: the same transaction may succeed at once. */
export const isWorthRepeating = (error: unknown) =>
  ['40001', '40P01', '55P03'].includes(sqlState(error))

/** The connection or the server went away: what became of the statement is unknown. */
export function isConnectionLoss(error: unknown): boolean {
  const code = sqlState(error)
  return (
    /^(08|57P0|53)/.test(code) || /^(ECONN|EPIPE|ENOENT|ETIMEDOUT|CONNECTION_|CONNECT_)/.test(code)
  )
}

/** What a client is told of a database failure: come back later, or our fault. */
export function toStorageError(error: unknown): unknown {
  if (error instanceof ChatError) return error
  if (!isConnectionLoss(error) && !isWorthRepeating(error)) return error
  return new ChatError('overloaded', 'The database is not available; try again.', {
    retryAfter: 1,
    cause: error,
  })
}
