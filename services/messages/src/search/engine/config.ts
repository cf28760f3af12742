import { readFileSync } from 'node:fs'
import { countVariable, type Environment, readEnvironment, StartError } from '@chatapp/service-kit'
import { z } from 'zod'

/** Where Elasticsearch or OpenSearch is, and what is ours in it. */
export interface EngineConfig {
  /** Nodes of one cluster; a user and a password may be in their URLs. */
  nodes: string[]
  apiKey: string | undefined
  /** The certificate of whoever signed the server's own, as PEM. */
  ca: string | undefined
  /** Begins the names of our indexes, and is the alias that is searched. */
  index: string
  shards: number
}

const SHARDS = { min: 1, max: 64 }

const schema = z.object({
  ELASTICSEARCH_URL: z
    .string()
    .refine(
      (text) => text.split(',').every(isNode),
      'must be http://host:9200 or https://user:password@host:9200, or several of them separated by commas',
    )
    .optional(),
  ELASTICSEARCH_API_KEY: z
    .string()
    .regex(/^[\w+/=:.-]+$/, 'must be an API key as the server encoded it')
    .optional(),
  ELASTICSEARCH_CA_FILE: z.string().optional(),
  ELASTICSEARCH_INDEX: z
    .string()
    .regex(
      /^[a-z][a-z\d_-]{0,99}$/,
      'must be a name of small letters, digits, hyphens and underlines',
    )
    .default('chatapp-messages'),
  ELASTICSEARCH_SHARDS: countVariable(SHARDS, 1),
})

/** Undefined when no engine is named. */
export function readEngineConfig(env: Environment): EngineConfig | undefined {
  const given = readEnvironment(schema, env)
  if (given.ELASTICSEARCH_URL === undefined) return undefined
  return {
    nodes: given.ELASTICSEARCH_URL.split(','),
    apiKey: given.ELASTICSEARCH_API_KEY,
    ca: given.ELASTICSEARCH_CA_FILE ? readCertificate(given.ELASTICSEARCH_CA_FILE) : undefined,
    index: given.ELASTICSEARCH_INDEX,
    shards: given.ELASTICSEARCH_SHARDS,
  }
}

function isNode(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, pathname, search, hash } = new URL(text)
  return /^https?:$/.test(protocol) && pathname === '/' && search === '' && hash === ''
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new StartError(`ELASTICSEARCH_CA_FILE names ${file}, which can't be read`, {
      cause: error,
    })
  }
}
