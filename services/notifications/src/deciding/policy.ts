import type { Addressee, NoticeReason, NotificationPreferences } from '@chatapp/protocol'
import { isWithinHours } from './hours.ts'
import { namesKeyword } from './keywords.ts'

/** Older news comes in one summary instead of a storm. */
export const OLD_AFTER_MS = 10 * 60_000

export const isOld = (sentAt: number, now: number): boolean => now - sentAt > OLD_AFTER_MS

/** What is known when it is decided whether somebody is told of a message. */
export interface Situation {
  message: { senderId: string; position: number; text: string; sentAt: number }
  addressee: Addressee
  preferences: Pick<NotificationPreferences, 'doNotDisturb' | 'keywords'>
  devices: {
    /** Subscribed to push messages. */
    subscribed: number
    /** The conversation is in front of the person on one of them, in a focused window. */
    screen: 'shows-it' | 'elsewhere'
  }
  now: number
}

type Occasion = Extract<
  NoticeReason,
  'direct' | 'mention' | 'reply' | 'all' | 'keyword' | 'level-all'
>
type Silence = Exclude<NoticeReason, Occasion>

/** `in-app` leaves it to the list of conversations; `digest` gathers what comes late. */
export type Decision =
  | { outcome: 'nothing' | 'in-app'; reason: Silence }
  | { outcome: 'push' | 'digest'; reason: Occasion }

/** The first thing that speaks against it decides; what nothing speaks against is pushed. */
export function decide(situation: Situation): Decision {
  const { message, devices, now } = situation
  const silence = findSilence(situation)
  if (silence) return { outcome: 'nothing', reason: silence }
  const reason = findOccasion(situation)
  if (!reason) return { outcome: 'nothing', reason: 'not-called' }
  if (isDisturbing(situation)) return { outcome: 'in-app', reason: 'do-not-disturb' }
  if (devices.subscribed === 0) return { outcome: 'in-app', reason: 'no-device' }
  return { outcome: isOld(message.sentAt, now) ? 'digest' : 'push', reason }
}

function findSilence({ message, addressee, devices, now }: Situation): Silence | undefined {
  const { mutedUntil } = addressee
  if (addressee.userId === message.senderId) return 'own'
  if (addressee.readPosition >= message.position) return 'read'
  if (devices.screen === 'shows-it') return 'on-screen'
  if (addressee.level === 'nothing') return 'level-nothing'
  if (mutedUntil !== null && Date.parse(mutedUntil) > now) return 'muted'
  return undefined
}

function findOccasion({ message, addressee, preferences }: Situation): Occasion | undefined {
  if (addressee.calling) return addressee.calling
  if (namesKeyword(message.text, preferences.keywords)) return 'keyword'
  return addressee.level === 'all' ? 'level-all' : undefined
}

const isDisturbing = ({ preferences, now }: Situation) => isQuiet(preferences, now)

/** In the hours in which the person wants to hear nothing. */
export const isQuiet = (
  { doNotDisturb }: Pick<NotificationPreferences, 'doNotDisturb'>,
  now: number,
): boolean => doNotDisturb !== null && isWithinHours(doNotDisturb, now)
