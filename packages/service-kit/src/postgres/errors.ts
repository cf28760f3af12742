import { ChatError } from '@chatapp/protocol'

/** The connection or the server went away: what became of the statement is unknown. */
class ConnectionLoss extends Error {
  override name = 'ConnectionLoss'
  /** Of the system or of PostgreSQL, where there is one. */
  readonly code: string | undefined
  constructor(cause: Error & { code?: string }) {
    super(cause.message, { cause })
    this.code = cause.code
  }
}

const sqlState = (error: unknown): string =>
  String((error as { code?: unknown } | null)?.code ?? '')

export const isUniqueViolation = (error: unknown) => sqlState(error) === '23505'

/** A migration has changed a table since the statement was prepared on this connection. */
export const isOutdatedPlan = (error: unknown) =>
  sqlState(error) === '0A000' && error instanceof Error && error.message.startsWith('cached plan')

/** A deadlock, a serialization failure or an outdated plan: the same transaction may succeed at once. */
export const isWorthRepeating = (error: unknown) =>
  ['40001', '40P01'].includes(sqlState(error)) || isOutdatedPlan(error)

/** A lock or the time for a statement was not to be had; later it may be. */
const isOutOfTime = (error: unknown) => ['55P03', '57014', '25P03'].includes(sqlState(error))

const LOST_CODE = /^(08|57P0|53)|^(ECONN|EPIPE|ENOENT|ETIMEDOUT|EHOST|ENETUNREACH|EAI_)/
/** What the driver says without a code. */
const LOST_MESSAGE =
  /^(Connection terminated|Client (has encountered a connection error|was closed)|timeout e(x|xc)eeded|Query read timeout|Cannot use a pool)/i

export const isConnectionLoss = (error: unknown): boolean => error instanceof ConnectionLoss

export function toConnectionLoss(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ConnectionLoss) return error
  const isLost = LOST_CODE.test(sqlState(error)) || LOST_MESSAGE.test(error.message)
  return isLost ? new ConnectionLoss(error) : error
}

export type FailureKind = 'lost' | 'timeout' | 'conflict' | 'refused'

/** For counting: which of the ways of failing this is. */
export function failureKindOf(thrown: unknown): FailureKind {
  const error = toConnectionLoss(thrown)
  if (isConnectionLoss(error)) return 'lost'
  if (isOutOfTime(error)) return 'timeout'
  return isWorthRepeating(error) ? 'conflict' : 'refused'
}

/** What a client is told of a database failure: come back later, or our fault. */
export function toStorageError(thrown: unknown): unknown {
  const error = toConnectionLoss(thrown)
  if (error instanceof ChatError) return error
  if (!isConnectionLoss(error) && !isWorthRepeating(error) && !isOutOfTime(error)) return error
  return new ChatError('overloaded', 'The database is not available; try again.', {
    retryAfter: 1,
    cause: error,
  })
}
