import type { Hook, User } from '@chatapp/protocol'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../../lib/session/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Row } from './Row.tsx'
import { ShownOnce } from './ShownOnce.tsx'
import { useGroupName } from './use-groups.ts'
import { useTimeText } from './use-time-text.ts'
import { useWork } from './use-work.ts'

interface IncomingRowProps {
  hook: Hook
  bot: User | undefined
  onChanged: () => void
}

type Open = { kind: 'nothing' | 'renewing' | 'deleting' } | { kind: 'renewed'; url: string }
const NOTHING: Open = { kind: 'nothing' }

export function IncomingRow({ hook, bot, onChanged }: IncomingRowProps) {
  const { t } = useTranslation('integrations')
  const timeText = useTimeText()
  const work = useWork()
  const [open, setOpen] = useState(NOTHING)
  const group = useGroupName(hook.conversationId)
  const name = bot?.displayName ?? hook.botId
  const which = { group, name }
  const renew = () =>
    work.run(async () => {
      const { url } = await client.hooks.replaceSecret(hook.id)
      setOpen({ kind: 'renewed', url })
    })
  const remove = () =>
    work.run(async () => {
      await client.hooks.delete(hook.id)
      onChanged()
    })
  return (
    <Row
      title={t('botInGroup', which)}
      facts={
        <p>
          {t('hookMade', { time: timeText(hook.createdAt) })}
          {hook.mayCallAll && ` ${t('hookCallsAll')}`}
        </p>
      }
      problem={work.problem}
      actions={
        <>
          <Button
            size="small"
            isBusy={work.isBusy}
            aria-label={t('renewOf', which)}
            onClick={() => setOpen({ kind: 'renewing' })}
          >
            {t('renew')}
          </Button>
          <Button
            look="danger"
            size="small"
            isBusy={work.isBusy}
            aria-label={t('deleteOf', which)}
            onClick={() => setOpen({ kind: 'deleting' })}
          >
            {t('delete')}
          </Button>
        </>
      }
    >
      <Opened open={open} onRenew={renew} onDelete={remove} onClose={() => setOpen(NOTHING)} />
    </Row>
  )
}

interface OpenedProps {
  open: Open
  onRenew: () => void
  onDelete: () => void
  onClose: () => void
}

function Opened({ open, onRenew, onDelete, onClose }: OpenedProps) {
  const { t } = useTranslation('integrations')
  switch (open.kind) {
    case 'nothing':
      return null
    case 'renewing':
      return (
        <ConfirmDialog
          title={t('renewTitle')}
          text={t('renewText')}
          action={t('renew')}
          onConfirm={onRenew}
          onClose={onClose}
        />
      )
    case 'deleting':
      return (
        <ConfirmDialog
          title={t('deleteIncomingTitle')}
          text={t('deleteIncomingText')}
          action={t('delete')}
          onConfirm={onDelete}
          onClose={onClose}
        />
      )
    case 'renewed':
      return (
        <Dialog isOpen onClose={onClose} title={t('renew')}>
          <ShownOnce
            secret={{ label: t('hookUrl'), value: open.url, hint: t('hookUrlHint') }}
            onClose={onClose}
          />
        </Dialog>
      )
  }
}
