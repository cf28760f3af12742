import type { Client } from '@opensearch-project/opensearch'
import { z } from 'zod'
import type { Lookout, Place } from '../search-index.ts'
import { orderOf, searchOf } from './query.ts'

/** Later than this somebody else answers. */
const SEARCH_TIMEOUT_MS = 1_500

const answerSchema = z.object({
  timed_out: z.literal(false),
  hits: z.object({
    hits: z.array(z.object({ sort: z.array(z.union([z.string(), z.number()])).length(3) })),
  }),
})

/** Newest first; throws unless every shard has answered in time. */
export async function findPlaces(
  client: Client,
  index: string,
  lookout: Lookout,
): Promise<Place[]> {
  if (lookout.conversationIds.length === 0) return []
  const { routing, body } = searchOf(lookout)
  const answer = await client.transport.request(
    {
      method: 'POST',
      path: `/${index}/_search`,
      querystring: {
        allow_partial_search_results: false,
        timeout: `${SEARCH_TIMEOUT_MS}ms`,
        ...(routing !== undefined && { routing }),
      },
      body,
    },
    { requestTimeout: SEARCH_TIMEOUT_MS },
  )
  const { hits } = answerSchema.parse(answer.body).hits
  const order = orderOf(lookout.conversationIds.length === 1)
  return hits.map(({ sort }) => {
    const value = Object.fromEntries(order.map((field, i) => [field, sort[i]]))
    return {
      sentAt: new Date(Number(value.sentAt)),
      conversationId: String(value.conversationId),
      position: Number(value.position),
    }
  })
}
