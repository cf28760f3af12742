import type { PresenceState } from '@chatapp/protocol'
import { colourOf, initialsOf } from './avatar-face.ts'
import { classNames } from './class-names.ts'

interface AvatarProps {
  /** Whose it is: keeps the colour, whatever the name becomes. */
  id: string
  name: string
  url?: string | null | undefined
  /** People are round, groups square. */
  shape?: 'person' | 'group'
  size?: 'small' | 'medium' | 'large'
  presence?: PresenceState | undefined
}

const SIZES = {
  small: 'size-7 text-label',
  medium: 'size-10 text-row',
  large: 'size-20 text-page',
}
const DOTS = { online: 'bg-online', away: 'bg-away', offline: '' }
const NO_ROUNDING = { person: 'rounded-full', group: 'rounded-[30%]' }

/** Decoration beside a name: the name itself is said there. */
export function Avatar({
  id,
  name,
  url,
  shape = 'person',
  size = 'medium',
  presence,
}: AvatarProps) {
  const shapeClass = NO_ROUNDING[shape]
  return (
    <span aria-hidden className={classNames('relative inline-block shrink-0', SIZES[size])}>
      {url ? (
        <img src={url} alt="" className={classNames('size-full object-cover', shapeClass)} />
      ) : (
        <span
          className={classNames(
            'grid size-full place-items-center font-semibold text-white select-none',
            shapeClass,
            colourOf(id),
          )}
        >
          {initialsOf(name)}
        </span>
      )}
      {presence && presence !== 'offline' && (
        <span
          className={classNames(
            'absolute -right-px -bottom-px size-[11px] rounded-full border-2 border-canvas',
            DOTS[presence],
          )}
        />
      )}
    </span>
  )
}
