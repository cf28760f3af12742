import { AtSign, Check, SendHorizontal, Smile } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { EmojiPicker } from '../../ui/EmojiPicker.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Popover } from '../../ui/Popover.tsx'

interface ToolbarProps {
  isEditing: boolean
  /** By how many characters the text is too long. */
  excess: number
  onEmoji: (emoji: string) => void
  onMention: () => void
  onSubmit: () => void
}

export function Toolbar({ isEditing, excess, onEmoji, onMention, onSubmit }: ToolbarProps) {
  const { t } = useTranslation('composer')
  const Icon = isEditing ? Check : SendHorizontal
  return (
    <div className="-ml-2 flex items-center gap-0.5">
      <Popover trigger={<IconButton icon={Smile} label={t('emoji')} />} label={t('emoji')}>
        {(close) => (
          <EmojiPicker
            onPick={(emoji) => {
              close()
              onEmoji(emoji)
            }}
          />
        )}
      </Popover>
      <IconButton icon={AtSign} label={t('mention')} onClick={onMention} />
      <p role="status" className="min-w-0 flex-1 px-2 text-small text-danger">
        {excess > 0 && t('tooLong', { count: excess })}
      </p>
      <Button look="primary" size="small" aria-disabled={excess > 0} onClick={onSubmit}>
        <Icon size={16} aria-hidden />
        {t(isEditing ? 'save' : 'send')}
      </Button>
    </div>
  )
}
