import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { retryConnection } from '../../lib/chat/actions.ts'
import { useConnection } from '../../lib/chat/hooks.ts'
import { chat } from '../../lib/chat/store.ts'
import { Banner } from '../../ui/Banner.tsx'

/** Shorter gaps are nobody's business. */
const SHOWN_AFTER_MS = 2_000
const SECOND_MS = 1_000

/** Offline for long enough to say so. Kept here: going from screen to screen must not hide it. */
const useIsLate = create(() => false)
let timer: ReturnType<typeof setTimeout> | undefined

watch()
chat.subscribe(watch)

function watch() {
  const isAway = chat.getState().connection.kind !== 'online'
  if (isAway) {
    timer ??= setTimeout(() => useIsLate.setState(true, true), SHOWN_AFTER_MS)
    return
  }
  clearTimeout(timer)
  timer = undefined
  if (useIsLate.getState()) useIsLate.setState(false, true)
}

export function ConnectionBanner() {
  const { t } = useTranslation('connection')
  const state = useConnection()
  const isLate = useIsLate()
  // There before it is filled, so that screen readers say it.
  return (
    <div role="status">
      {isLate && state.kind === 'ended' && state.why === 'refused' && (
        <Banner>{t('refused')}</Banner>
      )}
      {isLate && state.kind !== 'ended' && state.kind !== 'online' && <Offline />}
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
    const ticking = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(ticking)
  }, [])
  return t('retryIn', { seconds: Math.max(0, Math.ceil((until - now) / SECOND_MS)) })
}
