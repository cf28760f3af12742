import { ChatError, ERRORS, type ErrorCode, type Problem } from '@chatapp/protocol'
import type { FastifyError } from 'fastify'
import { toStorageError } from '../postgres/errors.ts'

const BY_FRAMEWORK_CODE: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send JSON, as application/json.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'The body is longer than this path takes.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'invalid',
    'The body is not as long as Content-Length says.',
  ],
  FST_ERR_BAD_URL: ['invalid', 'The path is not a well-formed URL.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid', 'The body is not well-formed JSON.'],
}

/** Turns whatever was thrown into the one error that may be shown. */
export function toChatError(thrown: unknown): ChatError {
  const error = toStorageError(thrown)
  if (error instanceof ChatError) return error
  const { code = '', statusCode = 500 } = error as Partial<FastifyError>
  const known = BY_FRAMEWORK_CODE[code]
  if (known) return new ChatError(...known)
  if (statusCode === 400) return new ChatError('invalid', 'The request is not well formed.')
  if (statusCode === 413) return new ChatError('too-large', 'The request is too large.')
  return new ChatError('internal', 'Something went wrong on our side.', { cause: error })
}

/** The RFC 9457 document of an error. */
export function toProblem(error: ChatError, requestId: string): Problem {
  return {
    type: `https://chatapp.invalid/problems/${error.code}`,
    title: ERRORS[error.code].title,
    status: error.status,
    code: error.code,
    detail: error.message,
    ...(error.errors && { errors: error.errors }),
    requestId,
  }
}
