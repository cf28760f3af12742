import { createTransport } from 'nodemailer'
import type { NodemailerError } from 'nodemailer/lib/errors'

/** Where mail is handed over, as `SMTP_URL` says it. */
export interface MailServer {
  host: string
  port: number
  /** `at-once` is smtps; `required` is STARTTLS or nothing; `offered` takes it where there is some. */
  encryption: 'at-once' | 'required' | 'offered'
  login: { user: string; pass: string } | undefined
}

/** One mail, whole. */
export interface Letter {
  /** Stays the same over all tries, so that a mailbox can tell a repetition. */
  messageId: string
  from: string
  replyTo: string
  to: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
}

/** `refused`: this mail will never be taken. `failed`: another time it may be. */
export type Posting =
  | { outcome: 'sent' }
  | { outcome: 'refused' | 'failed'; status: number | null; cause: string }

export interface Transport extends Disposable {
  /** Never throws. */
  post(letter: Letter): Promise<Posting>
  /** Throws when the server can't be reached or does not let us in. */
  check(): Promise<void>
}

export const CONNECTIONS_MAX = 2
/** For each answer of the server; a mail takes about ten. */
const TIMEOUT_MS = 15_000

export function openTransport({ host, port, encryption, login }: MailServer): Transport {
  const mailer = createTransport({
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    maxRequeues: 0,
    ...{ host, port, auth: login },
    secure: encryption === 'at-once',
    requireTLS: encryption === 'required',
    ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  return {
    post: ({ to, headers, ...rest }) =>
      mailer
        .sendMail({ ...rest, to: { name: '', address: to }, headers })
        .then(() => ({ outcome: 'sent' as const }))
        .catch(judge),
    check: async () => void (await mailer.verify()),
    [Symbol.dispose]: () => mailer.close(),
  }
}

/** What is wrong with our own name and password is not the letter's fault. */
function judge({ code, permanent, responseCode }: NodemailerError): Posting {
  const isOfLetter = code === 'EENVELOPE' || code === 'EMESSAGE'
  const outcome = isOfLetter && permanent ? 'refused' : 'failed'
  return { outcome, status: responseCode ?? null, cause: code ?? 'unknown' }
}
