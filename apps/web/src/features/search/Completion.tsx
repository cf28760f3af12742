import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { Choices } from '../../ui/Choices.tsx'
import type { Option } from './use-options.ts'

interface CompletionProps {
  id: string
  options: Option[]
  active: number
  onHover: (index: number) => void
  onPick: (option: Option) => void
}

/** What can stand behind an operator. */
export function Completion(props: CompletionProps) {
  const { t } = useTranslation('search')
  return (
    <Choices {...props} label={t('choices')} side="below" keyOf={({ value }) => value}>
      {({ face, label, hint }) => (
        <>
          {face && <Avatar {...face} name={label} size="small" />}
          <span className="min-w-0 truncate">{label}</span>
          <span className="ml-auto max-w-[50%] shrink-0 truncate text-small text-ink-2">
            {hint}
          </span>
        </>
      )}
    </Choices>
  )
}
