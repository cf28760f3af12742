export { type Batcher, createBatcher, type Outcome } from './batcher.ts'
export { type BlobStore, createFileBlobs } from './blobs.ts'
export type { Bus, Subscription } from './bus/bus.ts'
export { createInProcessBus } from './bus/in-process.ts'
export {
  createMessagesClient,
  createNotificationsClient,
  createUsersClient,
} from './calls/clients.ts'
export { serveCalls } from './calls/serve.ts'
export { Targets } from './calls/targets.ts'
export {
  countVariable,
  type Environment,
  onOff,
  portVariable,
  readEnvironment,
  StartError,
  urlVariable,
} from './environment.ts'
export { readBearer } from './http/authenticate.ts'
export {
  Answer,
  type Binding,
  bindRoute,
  type Guard,
  refuseOtherMethods,
} from './http/bind-route.ts'
export { forwardRoutes } from './http/forward-route.ts'
export { type Checked, readiness, serveHealth } from './http/health.ts'
export { serveMetrics } from './http/metrics.ts'
export { toChatError, toProblem } from './http/problem.ts'
export { createHttpServer, type HttpServer } from './http/server.ts'
export { createId } from './ids.ts'
export {
  type Limiter,
  type LimiterFactory,
  memoryLimits,
  noLimits,
  redisLimits,
  tooMany,
} from './limits.ts'
export { createLogger, type Logger, type LogLevel, logLevels } from './logger.ts'
export { Counter, createMetrics, Gauge, Histogram, type Registry } from './metrics.ts'
export { assertMayReach, ForbiddenAddress, guardedLookup } from './outside/addresses.ts'
export {
  createOutside,
  type Outside,
  type OutsideAnswer,
  readRetryAfter,
} from './outside/post.ts'
export { type PostgresSettings, readPostgresSettings } from './postgres/config.ts'
export {
  connectPostgres,
  openPostgres,
  type Postgres,
  type PostgresTarget,
} from './postgres/connect.ts'
export {
  isConnectionLoss,
  isUniqueViolation,
  isWorthRepeating,
  toStorageError,
} from './postgres/errors.ts'
export { type Migration, migrate } from './postgres/migrate.ts'
export { type Queries, type Reserved, type Sql, type Statement, transact } from './postgres/sql.ts'
export { createRedisBus } from './redis/bus.ts'
export { connectRedis, type Redis } from './redis/connect.ts'
export { redisUrlVariable } from './redis/url.ts'
export { findSecret, keepSecret } from './secrets.ts'
export type { Service } from './service.ts'
export {
  ACCESS_TOKEN,
  type Caller,
  createTokenVerifier,
  type SessionVerifier,
  type TokenVerifier,
} from './tokens.ts'
export { readTracingConfig, startTracing, type TracingConfig, traceFrame } from './tracing.ts'
