import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import type { Option } from './use-options.ts'

interface CompletionProps {
  id: string
  options: Option[]
  active: number
  onHover: (index: number) => void
  onPick: (option: Option) => void
}

/** The list below the field. The focus stays in the text; arrows choose, Enter and Tab take. */
export function Completion({ id, options, active, onHover, onPick }: CompletionProps) {
  const { t } = useTranslation('search')
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('choices')}
      className="absolute inset-x-0 top-full z-20 mt-1.5 max-h-80 overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-float"
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field, where the focus is, has the keys
        <div
          key={option.value}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerMove={() => index !== active && onHover(index)}
          // The focus must not leave the text.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
          className="flex h-9 cursor-pointer items-center gap-2.5 rounded-control px-2 text-row aria-selected:bg-accent-soft"
        >
          {option.face && <Avatar {...option.face} name={option.label} size="small" />}
          <span className="min-w-0 truncate">{option.label}</span>
          <span className="ml-auto max-w-[50%] shrink-0 truncate text-small text-ink-2">
            {option.hint}
          </span>
        </div>
      ))}
    </div>
  )
}
