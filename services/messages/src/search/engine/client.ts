import { Client, errors } from '@opensearch-project/opensearch'
import type { EngineConfig } from './config.ts'

/** Speaks to OpenSearch and to Elasticsearch 7 to 9; only what all of them have is used. */
export function openClient({ nodes, apiKey, ca }: EngineConfig): Client {
  return new Client({
    nodes,
    maxRetries: 0,
    requestTimeout: REQUEST_TIMEOUT_MS,
    ...(apiKey !== undefined && { headers: { authorization: `ApiKey ${apiKey}` } }),
    ...(ca !== undefined && { ssl: { ca } }),
  })
}

/** For what nobody waits for. */
const REQUEST_TIMEOUT_MS = 10_000

/** The status that the engine answered with; undefined when it did not answer. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof errors.ResponseError ? (error.statusCode ?? undefined) : undefined
}
