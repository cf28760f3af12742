import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from './TextField.tsx'

type PasswordFieldProps = Omit<ComponentProps<typeof TextField>, 'type'>

/** Can show what is typed, and tells when Caps Lock spoils it. */
export function PasswordField({ hint, ...props }: PasswordFieldProps) {
  const { t } = useTranslation('app')
  const [isShown, setIsShown] = useState(false)
  const [isCapsLock, setIsCapsLock] = useState(false)
  // Filling in by the browser sends key events without modifiers.
  const look = (event: KeyboardEvent) =>
    setIsCapsLock(event.nativeEvent.getModifierState?.('CapsLock') ?? false)
  const Icon = isShown ? EyeOff : Eye
  return (
    <TextField
      {...props}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      hint={isCapsLock ? t('capsLock') : hint}
      onKeyDown={look}
      onKeyUp={look}
      onBlur={() => setIsCapsLock(false)}
      end={
        <button
          type="button"
          aria-label={t('showTyped')}
          aria-pressed={isShown}
          data-tooltip={t('showTyped')}
          onClick={() => setIsShown(!isShown)}
          className="grid size-8 place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink"
        >
          <Icon size={18} strokeWidth={1.75} aria-hidden />
        </button>
      }
    />
  )
}
