export { backUp } from './back-up.ts'
export { type Cast, cast } from './cast.ts'
export { type Cluster, startCluster } from './cluster.ts'
export { isContinuousIntegration } from './config.ts'
export { createTestDatabase, type TestDatabase } from './databases.ts'
export { makeFolder, removeFolder } from './folders.ts'
export { type FragileLine, startFragileLine } from './fragile-line.ts'
export { watchForLeaks } from './leaks.ts'
export { type MailServer, startMailServer } from './mail-server.ts'
export { makeAdmin } from './make-admin.ts'
export { hasPgBouncer, type PgBouncer, startPgBouncer } from './pgbouncer.ts'
export { type Person, type Product, startProduct } from './product.ts'
export { type PushServer, startPushServer, type TestDevice } from './push-server.ts'
export { type RawSocket, rawSocket } from './raw-socket.ts'
export { hasRedis, startRedis } from './redis.ts'
export { startRedisCluster, startRedisSentinel } from './redis-sets.ts'
export { type Replicated, startReplicated } from './replicated.ts'
export {
  type SearchEngine,
  type SearchServer,
  searchEngines,
  startSearchServer,
  whyNoSearchServer,
} from './search-server.ts'
export { settle } from './settle.ts'
export { type Spawned, type SpawnedProduct, spawnChatApp, spawnProduct } from './spawn-product.ts'
export { type SpawnedSplit, type SplitProcess, spawnSplit } from './spawn-split.ts'
export { planSplit } from './split-plan.ts'
export { startWebhookServer, type WebhookServer } from './webhook-server.ts'
