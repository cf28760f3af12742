import { Search, X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { openOverlay } from '../../lib/shell/shell.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Kbd, PALETTE_KEY } from '../../ui/Kbd.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'

interface SearchFieldProps {
  query: string
  onChange: (query: string) => void
  onEnter: () => void
}

/** Narrows the list while one types; the palette beside it finds everything else. */
export function SearchField({ query, onChange, onEnter }: SearchFieldProps) {
  const { t } = useTranslation('conversations')
  const field = useRef<HTMLInputElement>(null)
  return (
    <div className="mx-3 mb-2 flex h-9 shrink-0 items-center gap-2 rounded-card border border-line bg-canvas pr-1 pl-2.5 text-ink-3 focus-within:border-accent-ink focus-within:ring-3 focus-within:ring-accent/20 hover:border-line-strong">
      <Search size={16} aria-hidden className="shrink-0" />
      <input
        ref={field}
        aria-label={t('search')}
        placeholder={t('search')}
        value={query}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={({ key, nativeEvent }) => {
          if (key === 'Escape') onChange('')
          if (key === 'Enter' && !nativeEvent.isComposing) onEnter()
        }}
        className="min-w-0 flex-1 bg-transparent text-small text-ink outline-none placeholder:text-ink-3"
      />
      {query === '' ? (
        <button
          type="button"
          data-tooltip={t('openPalette')}
          onClick={() => openOverlay('palette')}
          className="grid h-7 place-items-center rounded-control px-1 hover:bg-hover narrow:hidden"
        >
          <VisuallyHidden>{t('openPalette')}</VisuallyHidden>
          <Kbd>{PALETTE_KEY}</Kbd>
        </button>
      ) : (
        <IconButton
          icon={X}
          label={t('clearSearch')}
          className="size-7"
          onClick={() => {
            onChange('')
            field.current?.focus()
          }}
        />
      )}
    </div>
  )
}
