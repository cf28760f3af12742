import {
  type AdvanceCommand,
  type MessagesApi,
  messagesCalls,
  type NotificationsApi,
  notificationsCalls,
  type SendCommand,
  type Sent,
  type Standing,
  type UsersApi,
  usersCalls,
} from '@chatapp/protocol'
import { createBatcher } from '../batcher.ts'
import { createId } from '../ids.ts'
import { rememberOrigin, traceBatch } from '../tracing.ts'
import { createCaller } from './client.ts'
import { createLanes } from './lanes.ts'
import type { Targets } from './targets.ts'

/** One URL may stand for several processes behind a balancer. */
const LANES_MIN = 2
/** With the longest texts this stays well below what a request may have. */
const BATCH_MAX = 250
const WAITING_MAX = 20_000
/** People who come back after an outage, on their way to one process. */
const ARRIVALS_WAITING_MAX = 50_000

interface ClientOptions {
  targets: Targets
  serviceToken: string
}

export function createUsersClient(options: ClientOptions): UsersApi {
  return createCaller<UsersApi>({ ...options, calls: usersCalls }).api
}

export function createNotificationsClient(options: ClientOptions): NotificationsApi {
  return createCaller<NotificationsApi>({ ...options, calls: notificationsCalls }).api
}

/** Sends, advances and arrivals gather while the ones before them are under way. */
export function createMessagesClient(options: ClientOptions): MessagesApi {
  const { api, callMany } = createCaller<MessagesApi>({
    ...options,
    calls: messagesCalls,
    again: { advance: (command) => [{ ...command, again: true }] },
  })
  // One request under way at each process: all that comes meanwhile is in its next one.
  const lanes = Math.max(LANES_MIN, options.targets.count)
  const sends = createLanes<SendCommand, Sent>({
    lanes,
    maxBatch: BATCH_MAX,
    maxWaiting: WAITING_MAX,
    originOf: (command) => command.senderId,
    placeOf: (command) => command.conversationId ?? 'the lobby',
    run: (commands, lane) =>
      traceBatch('messages.send', commands, () =>
        callMany(
          'send',
          commands.map((command) => [command]),
          lane,
        ),
      ),
  })
  const advances = createBatcher<AdvanceCommand, void>({
    maxBatch: BATCH_MAX,
    maxWaiting: WAITING_MAX,
    run: (commands) =>
      callMany(
        'advance',
        commands.map((command) => [command]),
      ),
  })
  const standings = createLanes<string, Standing[]>({
    lanes,
    maxBatch: BATCH_MAX,
    maxWaiting: ARRIVALS_WAITING_MAX,
    originOf: (userId) => userId,
    placeOf: (userId) => userId,
    run: (userIds, lane) =>
      callMany(
        'standings',
        userIds.map((userId) => [userId]),
        lane,
      ),
  })
  return {
    ...api,
    // With an id of ours a send without one can be repeated as well.
    send: (command) =>
      sends.add(rememberOrigin({ ...command, clientId: command.clientId ?? createId() })),
    advance: (command) => advances.add(command),
    standings: (userId) => standings.add(userId),
  }
}
