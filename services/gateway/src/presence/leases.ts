import { type PresenceEvent, type PresenceState, presenceStateSchema } from '@chatapp/protocol'
import type { Redis } from '@chatapp/service-kit'
import { z } from 'zod'

/** A gateway that ended without a word is forgotten after so long. */
const LEASE_MS = 60_000

/** By the clock of Redis, the only one that all gateways share. */
const NOW = `local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)`
const WRITE = `${NOW}
if ARGV[2] == 'offline' then return redis.call('HDEL', KEYS[1], ARGV[1]) end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. (now + ARGV[3]))
return redis.call('PEXPIRE', KEYS[1], ARGV[3])`
const READ = `${NOW}
local found = {}
local leases = redis.call('HGETALL', KEYS[1])
for i = 1, #leases, 2 do
  local state, expires = string.match(leases[i + 1], '^(%a+) (%d+)')
  if tonumber(expires) > now then
    found[#found + 1] = leases[i]
    found[#found + 1] = state
  else redis.call('HDEL', KEYS[1], leases[i]) end
end
return found`

const leasesSchema = z.array(z.string())

/** How each gateway sees its people, kept in Redis until it says otherwise or is heard no more. */
export class Leases {
  readonly #redis: Redis
  readonly #leaseMs: number

  constructor(redis: Redis, leaseMs = LEASE_MS) {
    this.#redis = redis
    this.#leaseMs = leaseMs
  }

  get renewEveryMs(): number {
    return this.#leaseMs / 3
  }

  async write({ userId, gatewayId, state }: PresenceEvent): Promise<void> {
    await this.#run(WRITE, userId, [gatewayId, state, `${this.#leaseMs}`])
  }

  /** How the person is on each gateway. */
  async read(userId: string): Promise<Map<string, PresenceState>> {
    const flat = leasesSchema.parse(await this.#run(READ, userId, []))
    const states = new Map<string, PresenceState>()
    for (let i = 0; i + 1 < flat.length; i += 2)
      states.set(flat[i] ?? '', presenceStateSchema.parse(flat[i + 1]))
    return states
  }

  #run(script: string, userId: string, args: string[]): Promise<unknown> {
    return this.#redis.command(`presence:${userId}`, (name) => ['EVAL', script, '1', name, ...args])
  }
}
