import { type DigestPeriod, digestPeriodSchema } from '@chatapp/protocol'
import { type Environment, readEnvironment, StartError } from '@chatapp/service-kit'
import { z } from 'zod'
import type { MailServer } from './mailing/transport.ts'

export interface MailConfig {
  server: MailServer
  /** As in a mail's From: an address, or a name with one. */
  from: string
  /** Nobody reads what is sent there. */
  replyTo: string
  /** Where links lead, without a path. */
  publicUrl: string
  /** How often people are told what they have missed who have not chosen it; off: nobody is. */
  digest: DigestPeriod | 'off'
}

/** Whether anybody is told by mail what they have missed. */
export const hasDigests = ({ mail }: { mail?: MailConfig | undefined }): boolean =>
  mail !== undefined && mail.digest !== 'off'

const SMTP_SENTENCE =
  'must be a URL like smtp://user:password@mail.example.org:587, or one that begins with smtps:// for TLS from the start'
const FROM_SENTENCE =
  'must be an e-mail address, or a name with one: ChatApp <no-reply@chat.example.org>'

const variables = z.object({
  SMTP_URL: z
    .string()
    .transform((text, context) => {
      const server = parseServer(text)
      if (server) return server
      context.addIssue(SMTP_SENTENCE)
      return z.NEVER
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>"\r\n]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, FROM_SENTENCE)
    .optional(),
  MAIL_DIGEST: z
    .enum(['off', ...digestPeriodSchema.options], 'must be off, 15min, hour or day')
    .default('hour'),
  // What it must look like the gateway says.
  PUBLIC_URL: z.string().optional(),
})

/** Undefined: no mail is sent. Throws a StartError that says what is wrong or missing. */
export function readMailConfig(env: Environment): MailConfig | undefined {
  const given = readEnvironment(variables, env)
  const { SMTP_URL: server, MAIL_FROM: from, MAIL_DIGEST: digest, PUBLIC_URL: url } = given
  if (!server) return undefined
  if (url === undefined || !URL.canParse(url)) {
    throw new StartError(
      'SMTP_URL is set, but mail has links and needs to know where people reach this server; set PUBLIC_URL as well',
    )
  }
  const { origin, hostname } = new URL(url)
  const noReply = `no-reply@${asDomain(hostname)}`
  return {
    ...{ server, digest, replyTo: noReply, publicUrl: origin },
    from: from ?? `ChatApp <${noReply}>`,
  }
}

/** An address in the place of a name stands in brackets (RFC 5321, 4.1.3). */
const asDomain = (hostname: string) =>
  /^[\d.]+$/.test(hostname) ? `[${hostname}]` : hostname.replace(/^\[(.*)\]$/, '[IPv6:$1]')

const DEFAULT_PORTS: Record<string, number> = { 'smtp:': 25, 'smtps:': 465 }

function parseServer(text: string): MailServer | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : Number(url.port)
  const isPlain = /^\/?$/.test(url.pathname) && url.search === '' && url.hash === ''
  const login = parseLogin(url)
  if (!port || !url.hostname || !isPlain || login === 'half') return undefined
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    login,
    ...encryptionOf(url, login),
  }
}

function parseLogin({ username, password }: URL): MailServer['login'] | 'half' {
  if (username === '' && password === '') return undefined
  try {
    const login = { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
    return login.user === '' || login.pass === '' ? 'half' : login
  } catch {
    return 'half'
  }
}

const OWN_MACHINE = /^(localhost|127\.[\d.]+|\[::1\])$/

/** A password goes over a network by TLS only. */
function encryptionOf(
  { protocol, hostname }: URL,
  login: MailServer['login'],
): Pick<MailServer, 'encryption'> {
  if (protocol === 'smtps:') return { encryption: 'at-once' }
  return { encryption: login && !OWN_MACHINE.test(hostname) ? 'required' : 'offered' }
}
