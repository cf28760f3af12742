import { type ReactNode, useState } from 'react'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DialogForm } from './DialogForm.tsx'
import { type Secret, ShownOnce } from './ShownOnce.tsx'
import { useWork } from './use-work.ts'

export interface NewProps {
  onMade: () => void
  onClose: () => void
}

interface NewDialogProps extends NewProps {
  title: string
  secret: Omit<Secret, 'value'>
  /** Answers with the secret. */
  create: (data: FormData) => Promise<string>
  children: ReactNode
}

/** Asks what is to be made; then it shows what the server tells this once. */
export function NewDialog({ title, secret, create, onMade, onClose, children }: NewDialogProps) {
  const work = useWork()
  const [value, setValue] = useState<string>()
  const submit = (data: FormData) =>
    work.run(async () => {
      setValue(await create(data))
      onMade()
    })
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      {value === undefined ? (
        <DialogForm work={work} onSubmit={submit}>
          {children}
        </DialogForm>
      ) : (
        <ShownOnce secret={{ ...secret, value }} onClose={onClose} />
      )}
    </Dialog>
  )
}
