import { z } from 'zod'
import { explainIssue } from './explain-issue.ts'

/** Every error code with the HTTP status it travels under and whether trying again may help. */
export const ERRORS = {
  invalid: { status: 400, title: 'Invalid request', retryable: false },
  unauthenticated: { status: 401, title: 'Not signed in', retryable: false },
  forbidden: { status: 403, title: 'Not allowed', retryable: false },
  'not-found': { status: 404, title: 'Not found', retryable: false },
  'method-not-allowed': { status: 405, title: 'Method not allowed', retryable: false },
  conflict: { status: 409, title: 'Conflict', retryable: false },
  gone: { status: 410, title: 'Gone', retryable: false },
  'too-large': { status: 413, title: 'Too large', retryable: false },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type', retryable: false },
  'rate-limited': { status: 429, title: 'Too many requests', retryable: true },
  internal: { status: 500, title: 'Internal error', retryable: true },
  overloaded: { status: 503, title: 'Overloaded', retryable: true },
} as const

export type ErrorCode = keyof typeof ERRORS
export const errorCodes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]
export const errorCodeSchema = z.enum(errorCodes)

/** One offending field: where (`userIds.3`), and what is allowed there. */
export const fieldErrorSchema = z.object({ path: z.string(), message: z.string() })
export type FieldError = z.infer<typeof fieldErrorSchema>

/** RFC 9457 problem document, sent as `application/problem+json`. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: errorCodeSchema,
    detail: z.string(),
    errors: z.array(fieldErrorSchema).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof problemSchema>

interface ChatErrorOptions {
  errors?: FieldError[] | undefined
  /** Seconds after which trying again may succeed. */
  retryAfter?: number | undefined
  cause?: unknown
}

/** An expected failure with a stable code; each transport maps it to its own form. */
export class ChatError extends Error {
  override name = 'ChatError'
  readonly code: ErrorCode
  readonly errors: FieldError[] | undefined
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, detail: string, options: ChatErrorOptions = {}) {
    super(detail, { cause: options.cause })
    this.code = code
    this.errors = options.errors
    this.retryAfter = options.retryAfter
  }

  get status(): number {
    return ERRORS[this.code].status
  }

  get isRetryable(): boolean {
    return ERRORS[this.code].retryable
  }
}

/** Shorthand for a 400 that points at one field. */
export function invalidField(path: string, message: string): ChatError {
  return new ChatError('invalid', `${path}: ${message}`, { errors: [{ path, message }] })
}

export function toFieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].join('.'),
          message: 'is not a known field',
        }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  )
}

/** Parses outside input, or throws `invalid` naming every field that is wrong. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input, { error: explainIssue })
  if (result.success) return result.data
  const errors = toFieldErrors(result.error)
  const detail = errors.map((e) => (e.path ? `${e.path}: ${e.message}` : e.message)).join('; ')
  throw new ChatError('invalid', detail.slice(0, 1000), { errors: errors.slice(0, 50) })
}
