import {
  type LimiterFactory,
  type Logger,
  memoryLimits,
  noLimits,
  type Redis,
  redisLimits,
} from '@chatapp/service-kit'
import type { Config } from '../config.ts'

/** Counted over all processes, or in this one alone. */
export function openLimits(
  { gateway: { rateLimits } }: Config,
  redis: Redis | undefined,
  log: Logger,
): LimiterFactory {
  if (rateLimits) return redis ? redisLimits(redis) : memoryLimits
  log.warn('rate limits are off')
  return noLimits
}
