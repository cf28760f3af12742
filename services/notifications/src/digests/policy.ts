import type {
  Addressee,
  DigestPeriod,
  MessageNotice,
  NotificationPreferences,
} from '@chatapp/protocol'
import { isQuiet } from '../deciding/policy.ts'

const MINUTE_MS = 60_000

const PERIOD_MS: Record<DigestPeriod, number> = {
  '15min': 15 * MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 24 * 60 * MINUTE_MS,
}

/** So often it is asked meanwhile whether the person is there: coming and going ends an absence. */
const LOOKS_A_PERIOD = 4
export const FIRST_LOOK_MS = PERIOD_MS['15min'] / LOOKS_A_PERIOD
/** After so long a gateway that has the person would have said so; later it may have changed. */
const ANSWER_WITHIN_MS = 2_000
const ANSWER_GOOD_FOR_MS = MINUTE_MS
/** Quiet hours end, and mail servers come back, at any time. */
const LATER_MS = 5 * MINUTE_MS

/** Whether a message is one that somebody who is away is to hear of by mail. */
export function isToBeToldLater(
  { position, senderId }: MessageNotice,
  { userId, calling, level, mutedUntil, readPosition }: Addressee,
  now: number,
): boolean {
  if (!calling || level === 'nothing' || userId === senderId) return false
  return readPosition < position && (mutedUntil === null || Date.parse(mutedUntil) <= now)
}

/** What is known of somebody of whom something waits. */
export interface Absence {
  waitingSince: Date
  seenAt: Date | null
  /** Of the digest before. */
  sentAt: Date | null
  askedAt: Date | null
  preferences: Pick<NotificationPreferences, 'digest' | 'digestEvery' | 'doNotDisturb'>
  /** Where mail goes: none, or a verified address with the last digest still on its way there. */
  mailbox: 'none' | 'busy' | 'free'
}

export type Step =
  | { kind: 'drop'; reason: 'switched-off' | 'no-address' }
  /** Asks whether the person is there, and looks again. */
  | { kind: 'ask'; lookAt: number }
  | { kind: 'order' }

export function nextStep(absence: Absence, now: number): Step {
  const { preferences, mailbox, askedAt } = absence
  if (!preferences.digest) return { kind: 'drop', reason: 'switched-off' }
  if (mailbox === 'none') return { kind: 'drop', reason: 'no-address' }
  const period = PERIOD_MS[preferences.digestEvery]
  const dueAt = awaySince(absence) + period
  if (now < dueAt) return { kind: 'ask', lookAt: Math.min(dueAt, now + period / LOOKS_A_PERIOD) }
  if (mailbox === 'busy' || isQuiet(preferences, now))
    return { kind: 'ask', lookAt: now + LATER_MS }
  const age = askedAt ? now - askedAt.getTime() : Infinity
  const isAnswered = age >= ANSWER_WITHIN_MS && age <= ANSWER_GOOD_FOR_MS
  return isAnswered ? { kind: 'order' } : { kind: 'ask', lookAt: now + ANSWER_WITHIN_MS }
}

const awaySince = ({ waitingSince, seenAt, sentAt }: Absence) =>
  Math.max(...[waitingSince, seenAt, sentAt].map((time) => time?.getTime() ?? 0))
