import type { BusTopic } from '@chatapp/protocol'
import type { Bus } from './bus.ts'

type AnyHandler = (event: never) => void

/** The bus of a single process: handlers run at once, in the order of publishing. */
export function createInProcessBus(): Bus {
  const topics = new Map<BusTopic, Set<AnyHandler>>()
  return {
    publish(topic, event) {
      for (const handler of topics.get(topic) ?? []) handler(event as never)
    },
    subscribe(topic, handler) {
      const handlers = topics.get(topic) ?? new Set()
      topics.set(topic, handlers.add(handler as AnyHandler))
      return {
        ready: Promise.resolve(),
        unsubscribe() {
          handlers.delete(handler as AnyHandler)
          if (handlers.size === 0 && topics.get(topic) === handlers) topics.delete(topic)
        },
      }
    },
    isWhole: true,
    onRecovery: () => ({ [Symbol.dispose]: () => undefined }),
    async [Symbol.asyncDispose]() {
      topics.clear()
    },
  }
}
