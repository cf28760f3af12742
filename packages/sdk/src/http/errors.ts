import { ChatError, type ErrorCode, type Problem, problemSchema } from '@chatapp/protocol'

/** A problem document that the server answered, with the id that its log knows the request by. */
export class RequestError extends ChatError {
  override name = 'RequestError'
  readonly requestId: string | undefined

  constructor(problem: Pick<Problem, 'code' | 'detail' | 'errors'>, about: AnswerFacts) {
    super(problem.code, problem.detail, {
      errors: problem.errors,
      retryAfter: about.retryAfter,
    })
    this.requestId = about.requestId
  }
}

interface AnswerFacts {
  requestId: string | undefined
  /** Seconds. */
  retryAfter: number | undefined
}

/** No answer came: the request may or may not have been carried out. */
export class NetworkError extends Error {
  override name = 'NetworkError'
  readonly isRetryable = true
}

/** The server answered what the protocol does not know: another product, or another version. */
export class UnexpectedAnswer extends Error {
  override name = 'UnexpectedAnswer'
  readonly isRetryable = false
}

/** Whether the same call may succeed later. */
export function isRetryable(error: unknown): boolean {
  return error instanceof ChatError || error instanceof NetworkError ? error.isRetryable : false
}

export function isUnauthenticated(error: unknown): boolean {
  return error instanceof ChatError && error.code === 'unauthenticated'
}

/** Milliseconds that the server asked to wait, else undefined. */
export function askedPauseMs(error: unknown): number | undefined {
  if (!(error instanceof ChatError) || error.retryAfter === undefined) return undefined
  return error.retryAfter * 1000
}

export async function errorOfAnswer(response: Response): Promise<Error> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  const facts = { requestId: undefined, retryAfter: retryAfter >= 0 ? retryAfter : undefined }
  const problem = problemSchema.safeParse(await jsonOf(response))
  if (problem.success) {
    return new RequestError(problem.data, { ...facts, requestId: problem.data.requestId })
  }
  const code = PROXY_CODES[response.status]
  const detail = `the server answered ${response.status} without a problem document`
  return code ? new RequestError({ code, detail }, facts) : new UnexpectedAnswer(detail)
}

/** What a proxy says in the server's place. */
const PROXY_CODES: Record<number, ErrorCode | undefined> = {
  413: 'too-large',
  429: 'rate-limited',
  502: 'overloaded',
  503: 'overloaded',
  504: 'overloaded',
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}
