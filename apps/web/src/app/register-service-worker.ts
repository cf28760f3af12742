/** The shell works offline from the second visit on. Browsers offer it with TLS or on localhost only. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/service-worker.js').catch((error: unknown) => {
    console.warn('ChatApp will not work offline:', error)
  })
}
