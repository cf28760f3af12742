import { setTimeout as sleep } from 'node:timers/promises'
import type { MailRow } from '../db/schema.ts'
import { noteTold } from '../digests/queries.ts'
import { composeMail } from './compose.ts'
import type { MailContext } from './context.ts'
import { endMail, insertOrders, type MailEnd, postponeMail, takeDueMails } from './queries.ts'
import { CONNECTIONS_MAX, openTransport, type Posting, type Transport } from './transport.ts'

const LOOK_EVERY_MS = 500
/** Taken and then waiting for a connection, a mail would outlast its lease at a slow server. */
const AT_ONCE = CONNECTIONS_MAX
const BACK_OFF_MS = 1_000
const BACK_OFF_MAX_MS = 15 * 60_000
const CHECK_EVERY_MS = 30_000

export interface Mailer extends Disposable {
  /** As the last try had it. */
  readonly server: 'unknown' | 'reached' | 'away'
  /** Until the signal; resolves when nothing is under way any more. */
  run(signal: AbortSignal): Promise<void>
}

/** Sends what waits; while the mail server is away all of it waits in the database. */
export function createMailer(context: MailContext): Mailer {
  const { log, now } = context
  const transport = openTransport(context.config.server)
  let server: Mailer['server'] = 'unknown'
  let checkedAt = 0
  const notice = (found: Mailer['server'], cause?: unknown) => {
    checkedAt = now()
    if (found === server) return
    if (found === 'away') log.warn({ err: cause }, 'the mail server is not reached; mail waits')
    else log.info('the mail server is reached')
    server = found
  }
  const check = () =>
    transport.check().then(
      () => notice('reached'),
      (error: unknown) => notice('away', error),
    )
  async function round(): Promise<number> {
    await takeOrders(context)
    if (server !== 'reached' && now() - checkedAt >= CHECK_EVERY_MS) await check()
    const due = await takeDueMails(context.sql, { limit: AT_ONCE, now: now() })
    const postings = await Promise.all(due.map((mail) => send(context, transport, mail)))
    for (const posting of postings) if (posting) notice(stateAfter(posting), posting)
    return due.length
  }
  return {
    get server() {
      return server
    },
    async run(signal) {
      while (!signal.aborted) {
        const begun = await round().catch((error: unknown) => {
          if (!signal.aborted) log.warn({ err: error }, 'the queue of mail was not read')
          return 0
        })
        if (begun < AT_ONCE) await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
      }
    },
    [Symbol.dispose]: () => transport[Symbol.dispose](),
  }
}

/** A mail that is refused was refused by somebody. */
const stateAfter = (posting: Posting) =>
  posting.outcome === 'failed' && posting.status === null ? 'away' : 'reached'

/** Written down here before users is told, so nothing is lost; again it is the same mail. */
async function takeOrders({ users, sql, now }: MailContext): Promise<void> {
  const orders = await users.waitingMails()
  if (orders.length === 0) return
  await insertOrders(sql, orders, now())
  await users.mailsTaken(orders.map(({ id }) => id))
}

/** Undefined: nobody wants it any more. */
async function send(
  context: MailContext,
  transport: Transport,
  mail: MailRow,
): Promise<Posting | undefined> {
  const letter = await composeMail(context, mail)
  const posting = letter && (await transport.post(letter))
  await record(context, mail, posting)
  return posting
}

async function record(context: MailContext, mail: MailRow, posting: Posting | undefined) {
  const { sql, log, now, meter } = context
  const { id, kind, tries } = mail
  const status = posting && posting.outcome !== 'sent' ? posting.status : null
  const againAt = nextTry(mail, now())
  const state = stateOf(mail, posting, againAt)
  const outcome = state === 'waiting' ? 'failed' : state
  if (state === 'waiting') await postponeMail(sql, { id, status, againAt })
  else await end(context, mail, { id, state, status })
  meter.mailed(kind, outcome)
  log.info({ mail: id, kind, outcome, tries, status }, 'a mail was tried')
}

/** That it is sent and what it told of belong together, for the next digest begins there. */
async function end({ sql, now }: MailContext, mail: MailRow, ended: MailEnd): Promise<void> {
  await sql.begin(async (trx) => {
    if (mail.kind === 'digest' && ended.state === 'sent') await noteTold(trx, mail.user_id, now())
    await endMail(trx, ended, now())
  })
}

/** What comes too late is of no use; until then it is tried again. */
function stateOf(mail: MailRow, posting: Posting | undefined, againAt: number): MailRow['state'] {
  if (!posting) return 'unwanted'
  if (posting.outcome !== 'failed') return posting.outcome
  return againAt > mail.expires_at.getTime() ? 'given-up' : 'waiting'
}

/** Twice as long each time, and not all at the same moment. */
function nextTry({ tries }: MailRow, now: number): number {
  const wait = Math.min(BACK_OFF_MS * 2 ** (tries - 1), BACK_OFF_MAX_MS)
  return now + wait * (0.5 + Math.random() / 2)
}
