import { z } from 'zod'

interface Node {
  host: string
  port: number
}

interface Access {
  tls: boolean
  username?: string
  password?: string
}

/** Where Redis is, as REDIS_URL says. */
export type RedisTarget = Access &
  (
    | { kind: 'single'; node: Node; database: number }
    /** The sentinels know which server is the master of this name. */
    | { kind: 'sentinel'; sentinels: Node[]; master: string }
    | { kind: 'cluster'; nodes: Node[] }
  )

const FORMS =
  'must be redis://host:6379, rediss:// for TLS, redis+sentinel://host:26379,host:26379/master or redis+cluster://host:6379,host:6379'
const SHAPE = /^redis(s?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/]*)@)?([^@/]+)(?:\/([^/]*))?\/?$/
const DEFAULT_PORT = { single: 6379, sentinel: 26_379, cluster: 6379 }

export const redisUrlVariable = () =>
  z.string().refine((text) => findRedisTarget(text) !== undefined, FORMS)

/** Undefined when it is no URL of Redis. */
export function findRedisTarget(url: string): RedisTarget | undefined {
  const [, tls, form = 'single', credentials, hosts = '', path = ''] = SHAPE.exec(url) ?? []
  const kind = form as RedisTarget['kind']
  const nodes = hosts.split(',').map((text) => findNode(text, DEFAULT_PORT[kind]))
  const access = { tls: tls === 's', ...findCredentials(credentials) }
  const [node] = nodes
  if (!node || !nodes.every((known) => known !== undefined)) return undefined
  switch (kind) {
    case 'single':
      if (nodes.length > 1 || !/^\d*$/.test(path)) return undefined
      return { kind, node, database: Number(path), ...access }
    case 'sentinel':
      return path === '' ? undefined : { kind, sentinels: nodes, master: path, ...access }
    case 'cluster':
      return path === '' ? { kind, nodes, ...access } : undefined
  }
}

function findNode(text: string, defaultPort: number): Node | undefined {
  const [, bracketed, plain, port] =
    /^(?:\[([\da-f:]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i.exec(text) ?? []
  const host = bracketed ?? plain
  return host ? { host, port: port ? Number(port) : defaultPort } : undefined
}

/** `:password`, `user:password` or nothing, percent-encoded as in any URL. */
function findCredentials(text: string | undefined): Pick<Access, 'username' | 'password'> {
  if (!text) return {}
  const [username = '', ...rest] = text.split(':').map(decodeURIComponent)
  const password = rest.join(':')
  return { ...(username && { username }), ...(password && { password }) }
}
