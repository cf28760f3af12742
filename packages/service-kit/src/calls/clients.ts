import {
  type AdvanceCommand,
  type MessagesApi,
  messagesCalls,
  type NotificationsApi,
  notificationsCalls,
  type SendCommand,
  type Sent,
  type UsersApi,
  usersCalls,
} from '@chatapp/protocol'
import { createBatcher } from '../batcher.ts'
import { createId } from '../ids.ts'
import { createCaller } from './client.ts'
import { createLanes } from './lanes.ts'
import type { Targets } from './targets.ts'

/** Enough to keep several processes of messages busy while others commit. */
const SEND_LANES = 8
/** With the longest texts this stays well below what a request may have. */
const BATCH_MAX = 250
const WAITING_MAX = 20_000

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

/** Sends and advances gather while the ones before them are under way. */
export function createMessagesClient(options: ClientOptions): MessagesApi {
  const { api, callMany } = createCaller<MessagesApi>({ ...options, calls: messagesCalls })
  const sends = createLanes<SendCommand, Sent>({
    lanes: SEND_LANES,
    maxBatch: BATCH_MAX,
    maxWaiting: WAITING_MAX,
    originOf: (command) => command.senderId,
    placeOf: (command) => command.conversationId ?? 'the lobby',
    run: (commands, lane) =>
      callMany(
        'send',
        commands.map((command) => [command]),
        lane,
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
  return {
    ...api,
    // With an id of ours a send without one can be repeated as well.
    send: (command) => sends.add({ ...command, clientId: command.clientId ?? createId() }),
    advance: (command) => advances.add(command),
  }
}
