import { ERRORS, type ErrorCode, errorCodes, type Problem } from '../errors.ts'
import { errorNotes } from './error-notes.ts'
import type { OpenApiReference, OpenApiResponse } from './openapi-types.ts'

/** One response for each error code, by its name. */
export function errorResponses(): Record<string, OpenApiResponse> {
  return Object.fromEntries(errorCodes.map((code) => [responseName(code), errorResponse(code)]))
}

export const errorReference = (code: ErrorCode): OpenApiReference => ({
  $ref: `#/components/responses/${responseName(code)}`,
})

/** `not-found` as `NotFound`. */
const responseName = (code: ErrorCode) =>
  code.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

function errorResponse(code: ErrorCode): OpenApiResponse {
  return {
    description: `\`${code}\`: ${errorNotes[code]}`,
    headers: {
      'X-Request-Id': { description: 'Also in the body.', schema: { type: 'string' } },
      ...headersOf(code),
    },
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: { [code]: { value: exampleOf(code) } },
      },
    },
  }
}

function headersOf(code: ErrorCode): NonNullable<OpenApiResponse['headers']> {
  if (code === 'method-not-allowed')
    return {
      Allow: { description: 'The methods that the path takes.', schema: { type: 'string' } },
    }
  if (code === 'rate-limited' || code === 'overloaded')
    return {
      'Retry-After': {
        description: 'Seconds to wait.',
        schema: { type: 'integer', minimum: 0 },
      },
    }
  return {}
}

function exampleOf(code: ErrorCode): Problem {
  return {
    type: `https://chatapp.invalid/problems/${code}`,
    title: ERRORS[code].title,
    status: ERRORS[code].status,
    code,
    detail: code === 'invalid' ? 'titel: is not a known field' : ERRORS[code].title,
    ...(code === 'invalid' && { errors: [{ path: 'titel', message: 'is not a known field' }] }),
    requestId: '0193a1c0-5b1e-7f3a-9c55-2f6f0c1d2e3f',
  }
}
