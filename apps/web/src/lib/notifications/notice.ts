import type { Notice, TextMessage } from '@chatapp/protocol'
import { client } from '../session/client.ts'
import { rememberedPush } from './push.ts'

type Delivery = Notice['deliveries'][number]

/** Why I was told of a message, or was not, as far as it is known. */
export type Told = { kind: 'decided'; notice: Notice } | { kind: 'undecided'; hasDevices: boolean }

/** @throws {ChatError | NetworkError} */
export async function findTold({ conversationId, position }: TextMessage): Promise<Told> {
  const { items } = await client.notifications.log({ conversationId, position, limit: 1 })
  const [notice] = items
  if (notice) return { kind: 'decided', notice }
  const devices = await client.notifications.subscriptions({ limit: 1 })
  return { kind: 'undecided', hasDevices: devices.items.length > 0 }
}

/** What became of the push messages on one device. */
export interface DeviceStory {
  subscriptionId: string
  isHere: boolean
  tries: Delivery[]
}

/** This device first. */
export function storiesOf({ deliveries }: Notice): DeviceStory[] {
  const push = rememberedPush()
  const here = push.kind === 'on' ? push.subscriptionId : null
  return [...Map.groupBy(deliveries, ({ subscriptionId }) => subscriptionId)]
    .map(([subscriptionId, tries]) => {
      return { subscriptionId, isHere: subscriptionId === here, tries }
    })
    .sort((a, b) => Number(b.isHere) - Number(a.isHere))
}

/** Devices whose push service took the message. */
export function countSent(notice: Notice): number {
  const sent = notice.deliveries.filter((one) => one.kind === 'message' && one.outcome === 'sent')
  return new Set(sent.map(({ subscriptionId }) => subscriptionId)).size
}
