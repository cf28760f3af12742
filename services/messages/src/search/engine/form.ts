import { TOKENS_VERSION } from '../words/tokens.ts'

/** Raise it with every change of what an index is made with below: a new one is built. */
const MAPPING_VERSION = 1

/** Which rules an index was made by; later ones have higher numbers. */
export const FORM = MAPPING_VERSION * 1_000 + TOKENS_VERSION

/** How an index is made: the tokens are ours, so nothing is analysed and no text is kept. */
export const bodyOf = (shards: number, writeAlias: string) => ({
  settings: {
    number_of_shards: shards,
    auto_expand_replicas: '0-1',
    // Also while nobody searches: the indexer waits for it.
    refresh_interval: '1s',
    // In the order of hits, so that looking for frequent words ends early.
    'sort.field': ['sentAt', 'conversationId', 'position'],
    'sort.order': ['desc', 'desc', 'desc'],
  },
  mappings: {
    dynamic: 'strict' as const,
    _source: { enabled: false },
    properties: {
      conversationId: { type: 'keyword' as const },
      position: { type: 'integer' as const },
      version: { type: 'integer' as const },
      sentAt: { type: 'long' as const },
      tokens: { type: 'keyword' as const, doc_values: false, norms: false },
    },
  },
  aliases: { [writeAlias]: {} },
})

/** Written to by this name only, so that an index that is gone is not made by a message. */
export const writeAliasOf = (index: string) => `${index}-in`

export const idOf = (conversationId: string, position: number) => `${conversationId}:${position}`
