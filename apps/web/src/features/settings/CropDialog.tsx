import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CropArea } from './CropArea.tsx'
import { type Crop, wholeCrop, wholePixels, ZOOM_MAX, zoomedCrop, zoomOf } from './crop.ts'
import type { Picture } from './picture.ts'

interface CropDialogProps {
  picture: Picture
  onCrop: (crop: Crop) => void
  onClose: () => void
}

export function CropDialog({ picture, onCrop, onClose }: CropDialogProps) {
  const { t } = useTranslation('settings')
  const [crop, setCrop] = useState(() => wholeCrop(picture))
  return (
    <Dialog isOpen onClose={onClose} title={t('cropTitle')} className="max-w-[360px]">
      <div className="overflow-y-auto px-5 pt-1 pb-5">
        <CropArea url={picture.url} picture={picture} crop={crop} onChange={setCrop} />
        <p className="mt-2 text-center text-meta text-ink-3">{t('cropHint')}</p>
        <label className="mt-3 flex items-center gap-3 text-small">
          {t('zoom')}
          <input
            type="range"
            min={1}
            max={ZOOM_MAX}
            step={0.05}
            value={zoomOf(crop, picture)}
            onChange={(event) => setCrop(zoomedCrop(crop, picture, event.target.valueAsNumber))}
            className="h-6 flex-1 accent-accent"
          />
        </label>
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={onClose}>{t('cancel', { ns: 'app' })}</Button>
          <Button look="primary" onClick={() => onCrop(wholePixels(crop, picture))}>
            {t('usePicture')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
