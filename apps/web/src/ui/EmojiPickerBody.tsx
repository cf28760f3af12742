import { EmojiPicker, type EmojiPickerListComponents } from 'frimousse'
import { useTranslation } from 'react-i18next'
import { loadEmojiData } from '../lib/emoji/emoji-data.ts'
import { Skeleton } from './Skeleton.tsx'

export interface EmojiPickerProps {
  onPick: (emoji: string) => void
}

const COLUMNS = 9

export function EmojiPickerBody({ onPick }: EmojiPickerProps) {
  const { t, i18n } = useTranslation('emoji')
  return (
    <EmojiPicker.Root
      locale={i18n.language === 'de' ? 'de' : 'en'}
      columns={COLUMNS}
      resolveEmojiData={(locale) => loadEmojiData(locale === 'de' ? 'de' : 'en')}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
      className="isolate flex h-full flex-col"
    >
      <EmojiPicker.Search
        autoFocus
        aria-label={t('search')}
        placeholder={t('search')}
        className="m-2 h-9 shrink-0 rounded-control border border-line-strong bg-canvas px-2.5 text-row placeholder:text-ink-3 focus:border-accent-ink focus:outline-3 focus:outline-accent/25"
      />
      <EmojiPicker.Viewport className="relative flex-1 overflow-y-auto outline-none">
        <EmojiPicker.Loading className="absolute inset-0 grid content-start gap-2 p-3">
          {[0, 1, 2, 3, 4].map((row) => (
            <Skeleton key={row} className="h-7" />
          ))}
        </EmojiPicker.Loading>
        <EmojiPicker.Empty className="absolute inset-0 grid place-content-center text-row text-ink-2">
          {t('nothing')}
        </EmojiPicker.Empty>
        <EmojiPicker.List className="pb-2 select-none" components={PARTS} />
      </EmojiPicker.Viewport>
      <Footer />
    </EmojiPicker.Root>
  )
}

function Footer() {
  const { t } = useTranslation('emoji')
  return (
    <div className="flex h-10 shrink-0 items-center gap-2 border-t border-line px-3">
      <EmojiPicker.ActiveEmoji>
        {({ emoji }) => (
          <span className="min-w-0 flex-1 truncate text-small text-ink-2">
            {emoji ? `${emoji.emoji} ${emoji.label}` : t('hint')}
          </span>
        )}
      </EmojiPicker.ActiveEmoji>
      <EmojiPicker.SkinToneSelector
        aria-label={t('skinTone')}
        className="grid size-8 place-items-center rounded-control hover:bg-active"
      />
    </div>
  )
}

const PARTS: Partial<EmojiPickerListComponents> = {
  CategoryHeader: ({ category, ...props }) => (
    <div
      {...props}
      className="bg-raised px-3 pt-2 pb-1 text-label text-ink-3 first-letter:uppercase"
    >
      {category.label}
    </div>
  ),
  Row: ({ children, ...props }) => (
    <div {...props} {...fromOne(props)} className="flex scroll-my-1 px-2">
      {children}
    </div>
  ),
  Emoji: ({ emoji, ...props }) => (
    <button
      type="button"
      {...props}
      {...fromOne(props)}
      className="grid size-[34px] place-items-center rounded-control text-[20px] data-[active]:bg-active"
    >
      {emoji.emoji}
    </button>
  ),
}

/** The library counts rows and columns from 0, screen readers from 1. */
function fromOne(props: { 'aria-rowindex'?: number; 'aria-colindex'?: number }) {
  const { 'aria-rowindex': row, 'aria-colindex': column } = props
  return {
    ...(row !== undefined && { 'aria-rowindex': row + 1 }),
    ...(column !== undefined && { 'aria-colindex': column + 1 }),
  }
}
