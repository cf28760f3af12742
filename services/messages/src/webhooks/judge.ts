import type { WebhookTest } from '@chatapp/protocol'
import type { OutsideAnswer } from '@chatapp/service-kit'
import type { WebhookEventRow } from '../db/schema.ts'
import { type Ended, GONE } from './queue.ts'

const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 6 * 3_600_000
/** From when it was put into the queue. Over a long weekend somebody notices. */
const GIVEN_UP_AFTER_MS = 3 * 24 * 3_600_000

interface Try {
  event: WebhookEventRow
  answer: OutsideAnswer
  now: number
}

/** What becomes of an event by how its receiver answered. */
export function judge({ event, answer, now }: Try): Ended {
  const { status, problem } = outcomeOf(answer)
  if (problem === null) return { kind: 'delivered', event, status }
  if (status === GONE) return { kind: 'failed', event, status, problem }
  const asked = answer.kind === 'answered' ? (answer.retryAfterMs ?? 0) : 0
  const at = now + Math.max(Math.min(asked, LONGEST_PAUSE_MS), pauseAfter(event.tries))
  return at - event.created_at.getTime() > GIVEN_UP_AFTER_MS
    ? { kind: 'failed', event, status, problem }
    : { kind: 'again', event, status, problem, at }
}

/** Without a problem the receiver has taken it. */
export function outcomeOf(answer: OutsideAnswer): WebhookTest {
  const status = answer.kind === 'answered' ? answer.status : null
  const isTaken = status !== null && status >= 200 && status < 300
  return { status, problem: isTaken ? null : problemOf(answer) }
}

/** Twice as long each time, and not all at the same moment. */
const pauseAfter = (tries: number) =>
  Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2)

function problemOf(answer: OutsideAnswer): string {
  switch (answer.kind) {
    case 'forbidden-address':
      return answer.isLinkLocal
        ? 'The address is link-local; none of these is ever called.'
        : 'The address is private, and ALLOW_PRIVATE_ADDRESSES is off.'
    case 'no-answer':
      return `There was no answer: ${answer.reason.slice(0, 270)}.`
    case 'answered':
      return answer.status >= 300 && answer.status < 400
        ? `It redirects (${answer.status}); redirects are not followed.`
        : `It answered ${answer.status}.`
  }
}

/** Who asks for time is asked nothing meanwhile, of whatever event. */
export function restOf(answers: OutsideAnswer[], now: number): number {
  const asked = answers.map((answer) =>
    answer.kind === 'answered' ? (answer.retryAfterMs ?? 0) : 0,
  )
  return now + Math.min(Math.max(0, ...asked), LONGEST_PAUSE_MS)
}
