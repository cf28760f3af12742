import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { retryConnection } from '../../lib/chat/actions.ts'
import { useConnection } from '../../lib/chat/hooks.ts'
import { Banner } from '../../ui/Banner.tsx'

/** Shorter gaps are nobody's business. */
const SHOWN_AFTER_MS = 2_000
const SECOND_MS = 1_000

export function ConnectionBanner() {
  const { t } = useTranslation('connection')
  const state = useConnection()
  const isLate = useIsLate(state.kind !== 'online')
  if (!isLate) return null
  if (state.kind === 'ended') {
    return state.why === 'refused' ? <Banner>{t('refused')}</Banner> : null
  }
  return (
    <Banner>
      <span>{t('offline')}</span>
      {/* Counted for the eye only: read aloud every second it would be a nuisance. */}
      <span aria-hidden>
        {state.kind === 'offline' ? <Countdown until={state.retryAt} /> : t('connecting')}
      </span>
      <button
        type="button"
        className="font-semibold underline underline-offset-3"
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
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [])
  return t('retryIn', { seconds: Math.max(0, Math.ceil((until - now) / SECOND_MS)) })
}

function useIsLate(isAway: boolean): boolean {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    if (!isAway) return setIsLate(false)
    const timer = setTimeout(() => setIsLate(true), SHOWN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isAway])
  return isLate
}
