import type { Notice, TextMessage } from '@chatapp/protocol'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whomItAnswers } from '../../lib/chat/answers.ts'
import { useConversation, useSelf } from '../../lib/chat/hooks.ts'
import { chat } from '../../lib/chat/store.ts'
import { problemText } from '../../lib/i18n/problem-text.ts'
import { countSent, findTold, type Told } from '../../lib/notifications/notice.ts'
import { whyUndecided } from '../../lib/notifications/undecided.ts'
import { exactTime } from '../../lib/time/time.ts'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TriedDevices } from './TriedDevices.tsx'

type State = 'loading' | { problem: string } | Told

/** What was decided about telling me of a message, why, and what became of it on each device. */
export function WhyTold({ message }: { message: TextMessage }) {
  const { t } = useTranslation('app')
  const [state, setState] = useState<State>('loading')
  const [tries, setTries] = useState(1)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once more with every try
  useEffect(() => {
    let isWanted = true
    const show = (next: State) => isWanted && setState(next)
    show('loading')
    findTold(message).then(show, (error: unknown) => show({ problem: problemText(error) }))
    return () => {
      isWanted = false
    }
  }, [message.id, tries])
  if (state === 'loading') return <Skeleton className="mx-5 mb-5 h-10" />
  if ('problem' in state) {
    return (
      <div className="grid justify-items-start gap-3 px-5 pb-5 text-row">
        <p role="alert">{state.problem}</p>
        <Button size="small" onClick={() => setTries(tries + 1)}>
          {t('retry')}
        </Button>
      </div>
    )
  }
  return (
    <div className="grid gap-2 overflow-y-auto px-5 pb-5 text-row">
      {state.kind === 'decided' ? (
        <Decided notice={state.notice} />
      ) : (
        <Undecided message={message} hasDevices={state.hasDevices} />
      )}
    </div>
  )
}

function Decided({ notice }: { notice: Notice }) {
  const { t } = useTranslation('noticeReasons')
  const { t: say, i18n } = useTranslation('whyTold')
  const { decidedAt } = notice
  const outcome = useOutcome(notice)
  return (
    <>
      <p className="font-semibold">{outcome}</p>
      <p>{t(notice.reason)}</p>
      <TriedDevices notice={notice} />
      <time dateTime={decidedAt} className="text-meta text-ink-3">
        {say('decided', { time: exactTime(decidedAt, i18n.language) })}
      </time>
    </>
  )
}

function useOutcome(notice: Notice): string {
  const { t } = useTranslation('whyTold')
  const me = useConversation(notice.conversationId)?.me
  const count = countSent(notice)
  switch (notice.outcome) {
    case 'nothing':
      return t('nothing')
    case 'in-app':
      return t('inApp')
    case 'push':
    case 'digest':
      if (count > 0) return t(notice.outcome, { count })
      if (notice.deliveries.length > 0) return t('failed')
      return t(me && me.readPosition >= notice.position ? 'readBefore' : 'waiting')
  }
}

function Undecided({ message, hasDevices }: { message: TextMessage; hasDevices: boolean }) {
  const { t } = useTranslation('whyTold')
  const conversation = useConversation(message.conversationId)
  const selfId = useSelf()?.id ?? ''
  const answers = whomItAnswers(message, chat.getState())
  const known = { message, answers, conversation, selfId, hasDevices, now: Date.now() }
  return <p>{t(whyUndecided(known))}</p>
}
