import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConversationFacts } from '../../lib/chat/facts.ts'
import { client } from '../../lib/session/client.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Members } from './Members.tsx'
import { OwnSettings } from './OwnSettings.tsx'
import { Policies } from './Policies.tsx'
import { Title } from './Title.tsx'
import { attempt } from './update.ts'

interface GroupProps {
  conversationId: string
  scroller: HTMLElement
}

export function Group({ conversationId, scroller }: GroupProps) {
  const conversation = useConversationFacts(conversationId)
  if (!conversation) return null
  const title = conversation.title ?? ''
  return (
    <>
      <div className="flex flex-col items-center pt-2 pb-5">
        <Avatar id={conversationId} name={title} shape="group" size="large" />
        <Title conversation={conversation} />
      </div>
      <OwnSettings conversation={conversation} />
      <Policies conversation={conversation} />
      {!conversation.lobby && <Leave conversationId={conversationId} title={title} />}
      <Members conversation={conversation} scroller={scroller} />
    </>
  )
}

function Leave({ conversationId, title }: { conversationId: string; title: string }) {
  const { t } = useTranslation('details')
  const [isAsking, setIsAsking] = useState(false)
  const navigate = useNavigate()
  async function leave() {
    if (await attempt(() => client.conversations.leave(conversationId))) {
      await navigate({ to: '/' })
    }
  }
  return (
    <>
      <Button look="quiet" size="small" className="-ml-3" onClick={() => setIsAsking(true)}>
        {t('leave')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('leaveTitle', { title })}
          text={t('leaveText')}
          action={t('leave')}
          onConfirm={() => void leave()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  )
}
