import type { FrameOf, OwnUser } from '@chatapp/protocol'
import type { Context } from './context.ts'

/** Call it after the commit: news must not run ahead of the database. */
export function publishSessionsEnded(
  { bus }: Pick<Context, 'bus'>,
  userId: string,
  sessionIds: string[],
): void {
  for (const sessionId of sessionIds) {
    bus.publish('sessions', { type: 'session-ended', userId, sessionId })
  }
}

/** To all of the person's own devices, with what is private. */
export function publishSelf({ bus }: Pick<Context, 'bus'>, user: OwnUser): void {
  const frame: FrameOf<'self'> = { type: 'self', user }
  bus.publish(`user:${user.id}`, { type: 'frame', json: JSON.stringify(frame) })
}

/** To whoever has cached what others see of it. */
export function publishProfileChanged({ bus }: Pick<Context, 'bus'>, userId: string): void {
  bus.publish('profiles', { type: 'profile-changed', userId })
}
