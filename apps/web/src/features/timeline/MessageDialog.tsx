import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmojiPicker } from '../../ui/EmojiPicker.tsx'
import { react, unsend } from './act.ts'
import { closeDialog, type MessageDialogState } from './dialog.ts'
import { SeenBy } from './SeenBy.tsx'
import { WhyTold } from './WhyTold.tsx'

export function MessageDialog({ dialog: { kind, message } }: { dialog: MessageDialogState }) {
  const { t } = useTranslation('timeline')
  switch (kind) {
    case 'unsend':
      return (
        <ConfirmDialog
          title={t('unsendTitle')}
          text={t('unsendText')}
          action={t('unsend')}
          onConfirm={() => unsend(message)}
          onClose={closeDialog}
        />
      )
    case 'seen':
      return (
        <Dialog isOpen onClose={closeDialog} title={t('seenTitle')} className="max-w-[400px]">
          <SeenBy message={message} />
        </Dialog>
      )
    case 'why':
      return (
        <Dialog isOpen onClose={closeDialog} title={t('whyTitle')} className="max-w-[400px]">
          <WhyTold message={message} />
        </Dialog>
      )
    case 'react':
      return (
        <Dialog isOpen isBare onClose={closeDialog} title={t('react')} className="w-auto">
          <EmojiPicker
            onPick={(emoji) => {
              closeDialog()
              react(message, emoji)
            }}
          />
        </Dialog>
      )
  }
}
