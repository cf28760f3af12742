import { ChatError } from '@chatapp/protocol'
import type { Dispatcher } from 'undici'

/** No connection came about, so nothing of the request was seen. */
const UNREACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

export function isUnreached(error: unknown): boolean {
  const { code, errors } = error as { code?: unknown; errors?: unknown[] }
  // A name with several addresses fails with one error for each.
  if (errors?.length) return errors.every(isUnreached)
  return UNREACHED.has(String(code))
}

/** It answers, but not this: an older version has not got the call, or it knows another token. */
export class Refused extends Error {
  override name = 'Refused'
}

/** A process that is about to end answers without a problem document: it did not even look. */
export function isUnserved({ statusCode, headers }: Dispatcher.ResponseData): boolean {
  return (
    statusCode === 503 && !String(headers['content-type']).startsWith('application/problem+json')
  )
}

/** What we asked was wrong, or its body ended it: the process that we asked is not to blame. */
export function isOurs(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return error instanceof ChatError || /^UND_ERR_(INVALID|REQ_)/.test(String(code))
}
