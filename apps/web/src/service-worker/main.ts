import { activate, answerTo, install } from './caching.ts'
import { onClick } from './click.ts'
import { takePush } from './push.ts'
import { type SubscriptionChange, subscribeAnew } from './subscription.ts'
import { worker } from './worker.ts'

worker.addEventListener('install', (event) => event.waitUntil(install()))
worker.addEventListener('activate', (event) => event.waitUntil(activate()))
worker.addEventListener('fetch', (event) => {
  const answer = answerTo(event.request)
  if (answer) event.respondWith(answer)
})

worker.addEventListener('push', (event) => event.waitUntil(takePush(event.data)))
worker.addEventListener('notificationclick', (event) => event.waitUntil(onClick(event)))
worker.addEventListener('pushsubscriptionchange', (event) => {
  // TypeScript does not know what the event brings along.
  event.waitUntil(subscribeAnew(event as SubscriptionChange))
})
