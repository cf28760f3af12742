import type { IncomingHttpHeaders } from 'node:http'
import { ChatError, type Session, type WebSession } from '@chatapp/protocol'
import { Answer } from '@chatapp/service-kit'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { Context, Device } from '../context.ts'
import { SESSION_LIFETIME_MS } from './policy.ts'

interface WebCall {
  headers: IncomingHttpHeaders
  calledAt: string
  ip: string
  userAgent: string | null
}

/** A browser that calls from one of our own pages, with the refresh token in its cookie. */
export interface Browser {
  device: Device
  refreshToken: string | undefined
  /** Gives it the session, and the cookie apart from what scripts see. */
  keep(status: 200 | 201, session: Session): Answer<WebSession>
  forget(): Answer<undefined>
}

/** Throws `forbidden` for a page that is not ours: the browser would put our cookie to its calls. */
export function browserOf({ publicUrl }: Pick<Context, 'publicUrl'>, call: WebCall): Browser {
  const page = pageOf(call, publicUrl)
  const setCookie = (value: string, maxAge: number) => ({
    'set-cookie': stringifySetCookie({ ...cookieFor(page), value, maxAge }),
  })
  return {
    device: { ip: call.ip, userAgent: call.userAgent, kind: 'web' },
    refreshToken: parseCookie(call.headers.cookie ?? '')[cookieFor(page).name],
    keep(status, { refreshToken, ...session }) {
      return new Answer(status, session, setCookie(refreshToken, SESSION_LIFETIME_MS / 1000))
    },
    forget: () => new Answer(204, undefined, setCookie('', 0)),
  }
}

function pageOf({ headers: { origin }, calledAt }: WebCall, publicUrl: string | undefined): URL {
  const called = asUrl(calledAt)
  if (!called) throw new ChatError('invalid', 'The Host header is not well formed.')
  if (origin === undefined) return called
  const page = asUrl(origin)
  // A proxy that ends TLS leaves us at http: the host is what tells our own pages.
  if (page && (page.host === called.host || page.origin === publicUrl)) return page
  throw new ChatError('forbidden', 'Pages of this Origin may not use browser sessions here.')
}

const asUrl = (text: string) => (URL.canParse(text) ? new URL(text) : undefined)

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * `__Host-` keeps other hosts and plain HTTP from planting a cookie. Browsers take it over HTTPS and
 * from this machine; a server that a network reaches by plain HTTP has to do without.
 */
function cookieFor({ protocol, hostname }: URL) {
  const secure = protocol === 'https:' || LOOPBACK.has(hostname)
  const name = secure ? '__Host-chatapp' : 'chatapp'
  return { name, secure, httpOnly: true, sameSite: 'strict', path: '/' } as const
}
