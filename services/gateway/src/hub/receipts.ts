import type { MessagesApi } from '@chatapp/protocol'
import type { Logger } from '@chatapp/service-kit'
import type { Room } from './room.ts'

/** The clocks of two machines may differ by so much. */
const CLOCK_SLACK_MS = 30_000
const ROOMS_A_CALL = 200

interface Telling {
  messages: Pick<MessagesApi, 'receiptsWithin'>
  log: Logger
  rooms: Iterable<Room>
}

/** Receipts take no version, so nobody misses those that were lost: they are told once more. */
export async function tellLostReceipts(
  { messages, log, rooms }: Telling,
  lostMs: number,
): Promise<void> {
  const followed = [...rooms].filter((room) => !room.isEmpty)
  for (let i = 0; i < followed.length; i += ROOMS_A_CALL) {
    const asked = new Map(
      followed.slice(i, i + ROOMS_A_CALL).map((room) => [room.conversationId, room]),
    )
    try {
      const receipts = await messages.receiptsWithin([...asked.keys()], lostMs + CLOCK_SLACK_MS)
      for (const receipt of receipts) asked.get(receipt.conversationId)?.pass(receipt)
    } catch (error) {
      log.warn({ err: error }, 'receipts that were lost could not be fetched')
    }
  }
}
