import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

interface ConfirmDialogProps {
  title: string
  /** What will be then. */
  text: string
  /** What it does, on the button. */
  action: string
  look?: 'danger' | 'primary'
  onConfirm: () => void
  onClose: () => void
}

/** Asks before what can't be undone. */
export function ConfirmDialog({
  title,
  text,
  action,
  look = 'danger',
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const { t } = useTranslation('app')
  function confirm() {
    onClose()
    onConfirm()
  }
  return (
    <Dialog isOpen onClose={onClose} title={title} className="max-w-[400px]">
      <p className="px-5 text-row text-ink-2">{text}</p>
      <div className="flex justify-end gap-2 p-5">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button look={look} onClick={confirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
