/// <reference lib="webworker" />

// The build fills this in.
const PRECACHE = '__PRECACHE__'

interface Precache {
  version: string
  files: string[]
}

// A worker's global is not the window that the other sources know.
const worker = globalThis as unknown as ServiceWorkerGlobalScope
const { version, files } = JSON.parse(PRECACHE) as Precache
const CACHE = `chatapp-${version}`
/** On a bad network the shell does not wait for long: it is the same one. */
const PAGE_TIMEOUT_MS = 3_000

worker.addEventListener('install', (event) => {
  event.waitUntil(install())
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(activate())
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') {
    if (isPage(pathname)) event.respondWith(page(request))
  } else if (files.includes(pathname) || pathname.startsWith('/assets/')) {
    event.respondWith(asset(request))
  }
})

async function install(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })))
  await worker.skipWaiting()
}

async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((n) => n.startsWith('chatapp-') && n !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
  await worker.clients.claim()
}

/** From the network while it answers, so that a new version shows at once. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PAGE_TIMEOUT_MS) })
  } catch {
    return (await caches.match('/index.html', { cacheName: CACHE })) ?? Response.error()
  }
}

/** Their names change with their content. */
async function asset(request: Request): Promise<Response> {
  const cached = await caches.match(request)
  if (cached) return cached
  const response = await fetch(request)
  if (response.ok) {
    const cache = await caches.open(CACHE)
    await cache.put(request, response.clone())
  }
  return response
}

function isPage(pathname: string): boolean {
  return pathname === '/' || /^\/(c\/|sign-in|register|settings|search)/.test(pathname)
}
