import { worker } from './worker.ts'

// The build fills this in.
const PRECACHE = '__PRECACHE__'

interface Precache {
  version: string
  files: string[]
}

const { version, files } = JSON.parse(PRECACHE) as Precache
const CACHE = `chatapp-${version}`
/** On a bad network the shell does not wait for long: it is the same one. */
const PAGE_TIMEOUT_MS = 3_000

/** Undefined: none of ours to answer. */
export function answerTo(request: Request): Promise<Response> | undefined {
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return undefined
  if (request.mode === 'navigate') return isPage(pathname) ? page(request) : undefined
  const isAsset = files.includes(pathname) || pathname.startsWith('/assets/')
  return isAsset ? asset(request) : undefined
}

export async function install(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })))
  await worker.skipWaiting()
}

export async function activate(): Promise<void> {
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

const PAGES =
  /^\/(c\/|sign-in|register|forgot-password|reset-password|verify-email|settings|search|activity)/

function isPage(pathname: string): boolean {
  return pathname === '/' || PAGES.test(pathname)
}
