import type { OwnUser } from '@chatapp/protocol'
import { type ChangeEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CropDialog } from './CropDialog.tsx'
import { PICTURE_TYPES } from './picture.ts'
import { useAvatar } from './use-avatar.ts'

export function AvatarField({ self }: { self: OwnUser }) {
  const { t } = useTranslation('settings')
  const { picture, problem, isBusy, choose, close, use, remove } = useAvatar()
  const input = useRef<HTMLInputElement>(null)
  const chooser = useRef<HTMLButtonElement>(null)
  function onChange({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    const file = currentTarget.files?.[0]
    // The same file may be chosen again.
    currentTarget.value = ''
    if (file) void choose(file)
  }
  return (
    <div className="flex items-center gap-4">
      <Avatar id={self.id} name={self.displayName} url={self.avatarUrl} size="large" />
      <div className="min-w-0">
        <div className="flex flex-wrap gap-2">
          <input
            ref={input}
            type="file"
            hidden
            accept={PICTURE_TYPES.join()}
            aria-label={t('picture')}
            onChange={onChange}
          />
          <Button ref={chooser} size="small" isBusy={isBusy} onClick={() => input.current?.click()}>
            {t('choosePicture')}
          </Button>
          {self.avatarUrl && (
            <Button
              look="quiet"
              size="small"
              isBusy={isBusy}
              onClick={() => {
                chooser.current?.focus()
                void remove()
              }}
            >
              {t('removePicture')}
            </Button>
          )}
        </div>
        <p className="mt-1.5 text-meta text-ink-3">{t('pictureHint')}</p>
        <p role="alert" className="mt-1 text-meta text-danger empty:hidden">
          {problem}
        </p>
      </div>
      {picture && <CropDialog picture={picture} onCrop={(c) => void use(c)} onClose={close} />}
    </div>
  )
}
