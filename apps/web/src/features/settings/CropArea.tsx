import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Crop, movedCrop, type Size, zoomedCrop, zoomOf } from './crop.ts'

const SIDE_PX = 280
const KEY_STEP_PX = 10
const ZOOM_STEP = 0.2
const ARROWS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

interface CropAreaProps {
  url: string
  picture: Size
  crop: Crop
  onChange: (crop: Crop) => void
}

/** The picture under a round window: dragged, or moved by the arrow keys. */
export function CropArea({ url, picture, crop, onChange }: CropAreaProps) {
  const { t } = useTranslation('settings')
  const scale = SIDE_PX / crop.size
  const drag = useDrag((by) =>
    onChange(movedCrop(crop, picture, { x: -by.x / scale, y: -by.y / scale })),
  )
  const zoomBy = (step: number) => onChange(zoomedCrop(crop, picture, zoomOf(crop, picture) + step))
  function onKeyDown(event: KeyboardEvent) {
    const arrow = ARROWS[event.key]
    if (arrow) {
      const step = KEY_STEP_PX / scale
      onChange(movedCrop(crop, picture, { x: arrow.x * step, y: arrow.y * step }))
    } else if (event.key === '+' || event.key === '=') zoomBy(ZOOM_STEP)
    else if (event.key === '-') zoomBy(-ZOOM_STEP)
    else return
    event.preventDefault()
  }
  return (
    <button
      type="button"
      aria-label={t('cropLabel')}
      data-first-focus
      className="relative mx-auto block cursor-grab touch-none overflow-hidden rounded-card bg-active active:cursor-grabbing"
      style={{ width: SIDE_PX, height: SIDE_PX }}
      onKeyDown={onKeyDown}
      onWheel={(event) => zoomBy(event.deltaY < 0 ? ZOOM_STEP : -ZOOM_STEP)}
      {...drag}
    >
      <img
        src={url}
        alt=""
        draggable={false}
        className="absolute top-0 left-0 max-w-none origin-top-left select-none"
        style={{
          width: picture.width * scale,
          height: picture.height * scale,
          transform: `translate(${-crop.x * scale}px, ${-crop.y * scale}px)`,
        }}
      />
      <span className="absolute inset-0 rounded-full shadow-[0_0_0_200px_var(--veil)]" />
    </button>
  )
}

function useDrag(onMove: (by: { x: number; y: number }) => void) {
  const last = useRef<{ x: number; y: number } | null>(null)
  const stop = () => {
    last.current = null
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      last.current = { x: event.clientX, y: event.clientY }
    },
    onPointerMove: ({ clientX: x, clientY: y }: PointerEvent) => {
      if (!last.current) return
      onMove({ x: x - last.current.x, y: y - last.current.y })
      last.current = { x, y }
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  }
}
