import { createHash, timingSafeEqual } from 'node:crypto'

/** Beside the person's own `authorization`, on calls that a gateway passes on. */
export const SERVICE_TOKEN_HEADER = 'x-chatapp-service-token'

/** How a person came to the gateway, as it tells the services. */
export const FORWARDED_HEADERS = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
] as const

/** Takes as long for a nearly right token as for a wrong one. */
export function createTokenCheck(
  serviceToken: string,
): (given: string | string[] | undefined) => boolean {
  const expected = digest(serviceToken)
  return (given) => typeof given === 'string' && timingSafeEqual(digest(given), expected)
}

const digest = (text: string) => createHash('sha256').update(text).digest()
