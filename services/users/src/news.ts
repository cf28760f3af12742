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

export function publishProfileChanged({ bus }: Pick<Context, 'bus'>, userId: string): void {
  bus.publish('profiles', { type: 'profile-changed', userId })
}
