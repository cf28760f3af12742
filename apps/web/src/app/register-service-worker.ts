import i18next from 'i18next'
import { showNotice } from '../lib/shell/shell.ts'

/** The shell works offline from the second visit on. Browsers offer it with TLS or on localhost only. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  // The first worker of a visitor is no new version.
  let isKnown = serviceWorker.controller !== null
  serviceWorker.addEventListener('controllerchange', () => {
    if (isKnown) showNotice(i18next.t('updateReady', { ns: 'app' }))
    isKnown = true
  })
  serviceWorker.register('/service-worker.js').catch((error: unknown) => {
    console.warn('ChatApp will not work offline:', error)
  })
}
