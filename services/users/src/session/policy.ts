import { ChatError } from '@chatapp/protocol'
import { ACCESS_TOKEN } from '@chatapp/service-kit'
import type { SessionRow } from '../db/schema.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** A device that is not used for this long must sign in again. */
export const SESSION_LIFETIME_MS = 60 * DAY_MS

/** As long as an access token of an ended session could pass, and a minute for clocks that differ. */
export const ENDED_KEPT_MS = (ACCESS_TOKEN.lifetimeSeconds + 60) * 1000

export const isLive = (session: SessionRow, now: number): boolean =>
  session.revoked_at === null && session.expires_at.getTime() > now

/** Longer than a page waits for an answer, the reload after it and a slow second try. */
const LOST_ANSWER_MS = 60_000

/** A browser keeps its cookie only from an answer that arrives; an app stores before it goes on. */
export const mayRepeat = ({ kind }: SessionRow, usedAt: Date, now: number): boolean =>
  kind === 'web' && now - usedAt.getTime() <= LOST_ANSWER_MS

/** One answer for every reason, so that nobody learns who has an account. */
export const refuseSignIn = () =>
  new ChatError('unauthenticated', 'The username or the password is wrong.')

export const refuseRefresh = () =>
  new ChatError('unauthenticated', 'The refresh token is not valid; sign in again.')
