import { useTranslation } from 'react-i18next'
import { closeOverlay } from '../../lib/shell/shell.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { COMMAND_KEY, Kbd } from '../../ui/Kbd.tsx'

const SHORTCUTS = [
  ['keyPalette', [COMMAND_KEY, 'K']],
  ['keySearch', [COMMAND_KEY, 'Shift', 'F']],
  ['keySearchHere', [COMMAND_KEY, 'F']],
  ['keyNextHit', ['F3']],
  ['keyMove', ['Alt', '↑ ↓']],
  ['keySend', ['Enter']],
  ['keyBreak', ['Shift', 'Enter']],
  ['keyEditLast', ['↑']],
  ['keyMention', ['@']],
  ['keyEmoji', [':']],
  ['keyEscape', ['Esc']],
  ['keyHelp', ['?']],
] as const

export function Shortcuts() {
  const { t } = useTranslation('palette')
  return (
    <Dialog isOpen onClose={closeOverlay} title={t('shortcuts')}>
      <dl className="overflow-y-auto px-5 pb-5">
        {SHORTCUTS.map(([text, keys]) => (
          <div
            key={text}
            className="flex min-h-10 items-center justify-between gap-4 border-t border-line text-row first:border-0"
          >
            <dt>{t(text)}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
