import { Agent, request } from 'undici'
import { assertMayReach, ForbiddenAddress, guardedLookup } from './addresses.ts'

const TIMEOUT_MS = 10_000
/** To one server: the rest waits its turn. */
const CONNECTIONS_A_SERVER = 8

export interface OutsidePost {
  url: string
  headers: Record<string, string>
  body: string
}

export type OutsideAnswer =
  | { kind: 'answered'; status: number; retryAfterMs: number | undefined }
  | { kind: 'forbidden-address'; isLinkLocal: boolean }
  | { kind: 'no-answer'; reason: string }

/** Posts to servers that strangers have named. Redirects are answers like others: nobody follows them. */
export interface Outside extends AsyncDisposable {
  /** Never throws, and comes back within some 10 seconds. */
  post(post: OutsidePost): Promise<OutsideAnswer>
}

interface OutsideOptions {
  allowPrivateAddresses: boolean
  now: () => number
}

export function createOutside({ allowPrivateAddresses, now }: OutsideOptions): Outside {
  const dispatcher = new Agent({
    connections: CONNECTIONS_A_SERVER,
    connect: { lookup: guardedLookup(allowPrivateAddresses), timeout: TIMEOUT_MS },
  })
  async function hand({ url, headers, body }: OutsidePost): Promise<OutsideAnswer> {
    assertMayReach(new URL(url), allowPrivateAddresses)
    // Of the whole: who answers a byte a second would keep us for good.
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const answer = await request(url, { dispatcher, method: 'POST', headers, body, signal })
    // What else it says is of no use, and its connection neither when it says much.
    await answer.body.dump({ limit: 16_384, signal }).catch(() => {})
    const retryAfterMs = readRetryAfter(answer.headers['retry-after'], now())
    return { kind: 'answered', status: answer.statusCode, retryAfterMs }
  }
  return {
    post: (post) => hand(post).catch(failureOf),
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  }
}

function failureOf(error: unknown): OutsideAnswer {
  const causes = error instanceof Error ? [error, error.cause] : []
  const forbidden = causes.find((cause) => cause instanceof ForbiddenAddress)
  if (forbidden) return { kind: 'forbidden-address', isLinkLocal: forbidden.isLinkLocal }
  if (error instanceof Error && error.name === 'TimeoutError')
    return { kind: 'no-answer', reason: `none came within ${TIMEOUT_MS / 1000} s` }
  return { kind: 'no-answer', reason: error instanceof Error ? error.message : String(error) }
}

/** What a `Retry-After` asks for: seconds, or a date. */
export function readRetryAfter(
  header: string | string[] | undefined,
  now: number,
): number | undefined {
  if (typeof header !== 'string') return undefined
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return wait > 0 ? wait : undefined
}
