import type { TextMessage } from '@chatapp/protocol'
import { Ellipsis, Pencil, Reply, SmilePlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { setComposerIntent } from '../../lib/chat/composer-intent.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { Popover } from '../../ui/Popover.tsx'
import { QuickReactions } from './QuickReactions.tsx'
import { useMenuItems } from './use-menu-items.ts'

interface MessageActionsProps {
  message: TextMessage
  isMine: boolean
}

export function MessageActions({ message, isMine }: MessageActionsProps) {
  const { t } = useTranslation('timeline')
  const items = useMenuItems(message, isMine)
  return (
    // Stays in sight while its message is: also of one that begins above the log.
    <div className="pointer-events-none absolute -top-3.5 right-2 bottom-0 z-10">
      <div
        role="toolbar"
        aria-label={t('actions')}
        className="pointer-events-auto sticky top-1 flex rounded-card border border-line bg-raised p-0.5 shadow-float"
      >
        <Popover
          label={t('react')}
          trigger={<IconButton icon={SmilePlus} label={t('react')} className="h-7" />}
        >
          {(close) => <QuickReactions message={message} onDone={close} />}
        </Popover>
        <IconButton
          icon={Reply}
          label={t('reply')}
          className="h-7"
          onClick={() => setComposerIntent({ kind: 'reply', message })}
        />
        {isMine && (
          <IconButton
            icon={Pencil}
            label={t('edit')}
            className="h-7"
            onClick={() => setComposerIntent({ kind: 'edit', message })}
          />
        )}
        <Menu
          trigger={<IconButton icon={Ellipsis} label={t('moreActions')} className="h-7" />}
          items={items}
        />
      </div>
    </div>
  )
}
