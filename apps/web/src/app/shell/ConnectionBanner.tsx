import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { retryConnection } from '../../lib/chat/actions.ts'
import { useConnection } from '../../lib/chat/hooks.ts'
import { useIsOffline } from '../../lib/chat/offline.ts'
import { Banner } from '../../ui/Banner.tsx'

const SECOND_MS = 1_000

export function ConnectionBanner() {
  const { t } = useTranslation('connection')
  const state = useConnection()
  const isOffline = useIsOffline()
  // There before it is filled, so that screen readers say it.
  return (
    <div role="status">
      {isOffline && state.kind === 'ended' && state.why === 'refused' && (
        <Banner>{t('refused')}</Banner>
      )}
      {isOffline && state.kind !== 'ended' && state.kind !== 'online' && <Offline />}
    </div>
  )
}

function Offline() {
  const { t } = useTranslation('connection')
  const state = useConnection()
  return (
    <Banner>
      <span>{t('offline')}</span>
      {/* Counted for the eye only: read aloud every second it would be a nuisance. */}
      <span aria-hidden className="min-w-[12ch] tabular-nums">
        {state.kind === 'offline' ? <Countdown until={state.retryAt} /> : t('connecting')}
      </span>
      <button
        type="button"
        className="h-6 font-semibold underline underline-offset-3"
        onClick={retryConnection}
      >
        {t('retryNow')}
      </button>
    </Banner>
  )
}

function Countdown({ until }: { until: number }) {
  const { t } = useTranslation('connection')
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(ticking)
  }, [])
  return t('retryIn', { seconds: Math.max(0, Math.ceil((until - now) / SECOND_MS)) })
}
