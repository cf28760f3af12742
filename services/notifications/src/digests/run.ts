import { setTimeout as sleep } from 'node:timers/promises'
import { periodOf } from '../preferences/queries.ts'
import type { DigestContext } from './context.ts'
import type { Here } from './here.ts'
import type { DigestEnd } from './meter.ts'
import { type Absence, nextStep, type Step } from './policy.ts'
import {
  dropMissing,
  findToLookAt,
  type Looked,
  lockToLookAt,
  markSeen,
  noteAsked,
  orderDigests,
} from './queries.ts'

const LOOK_EVERY_MS = 1_000

/** Until the signal: orders a digest for who stays away long enough. Several processes share the work. */
export async function runDigests(
  context: DigestContext,
  here: Here,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await lookOnce(context, here).catch((error: unknown) => {
      if (!signal.aborted) context.log.warn({ err: error }, 'nobody was looked at for a digest')
    })
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

async function lookOnce(context: DigestContext, here: Here): Promise<void> {
  const { sql, users, now } = context
  await markSeen(sql, here.heard())
  const userIds = await findToLookAt(sql, now())
  if (userIds.length === 0) return
  const mailboxes = await users.mailboxes(userIds)
  const reached = new Set(mailboxes.map(({ userId }) => userId))
  here.ask(await stepOn(context, userIds, reached))
}

/** Resolves to those of whom it is to be asked whether they are there. */
function stepOn(
  { sql, config, now, digestMeter }: DigestContext,
  userIds: string[],
  reached: Set<string>,
): Promise<string[]> {
  return sql.begin(async (trx) => {
    const at = now()
    const rows = await lockToLookAt(trx, userIds, at)
    const steps = rows.map((row) => ({
      userId: row.user_id,
      step: nextStep(toAbsence(row, config, reached), at),
    }))
    const asked = steps.flatMap(({ userId, step }) =>
      step.kind === 'ask' ? [{ userId, lookAt: step.lookAt }] : [],
    )
    const ends = Map.groupBy(
      steps.filter(({ step }) => step.kind !== 'ask'),
      ({ step }) => endOf(step),
    )
    for (const [end, people] of ends) {
      const ended = people.map(({ userId }) => userId)
      if (end === 'ordered') await orderDigests(trx, ended, at)
      else await dropMissing(trx, ended)
      digestMeter.ended(end, ended.length)
    }
    await noteAsked(trx, asked, at)
    return asked.map(({ userId }) => userId)
  })
}

const endOf = (step: Step): DigestEnd => (step.kind === 'drop' ? step.reason : 'ordered')

function toAbsence(row: Looked, config: DigestContext['config'], reached: Set<string>): Absence {
  return {
    waitingSince: row.waiting_since,
    seenAt: row.seen_at,
    sentAt: row.sent_at,
    askedAt: row.asked_at,
    preferences: {
      ...{ digest: row.digest ?? true, digestEvery: periodOf(row.digest_every, config.mail) },
      doNotDisturb: row.do_not_disturb,
    },
    mailbox: !reached.has(row.user_id) ? 'none' : row.is_queued ? 'busy' : 'free',
  }
}
