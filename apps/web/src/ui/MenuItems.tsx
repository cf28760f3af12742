import { Menu as Base } from '@base-ui/react/menu'
import { Check, type LucideIcon } from 'lucide-react'
import { classNames } from './class-names.ts'

export interface MenuItem {
  label: string
  icon?: LucideIcon
  isDanger?: boolean
  /** Given for a choice: whether it is the one that holds. */
  isChecked?: boolean
  /** Neighbours of one group stand together, below its name. */
  group?: string
  onSelect: () => void
}

interface MenuItemsProps {
  items: MenuItem[]
  /** Without it the focus goes back to the button. */
  finalFocus?: () => boolean
}

export function MenuItems({ items, finalFocus }: MenuItemsProps) {
  return (
    <Base.Popup
      finalFocus={finalFocus}
      className="max-h-(--available-height) min-w-44 overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-float outline-none"
    >
      {grouped(items).map((group, index) => (
        <Base.Group
          key={group[0]?.label}
          className={index > 0 ? 'mt-1 border-t border-line pt-1' : ''}
        >
          {group[0]?.group && (
            <Base.GroupLabel className="px-2.5 pt-1.5 pb-0.5 text-label text-ink-3">
              {group[0].group}
            </Base.GroupLabel>
          )}
          {group.map((item) => (
            <Item key={item.label} {...item} />
          ))}
        </Base.Group>
      ))}
    </Base.Popup>
  )
}

function Item({ label, icon: Icon, isDanger, isChecked, onSelect }: MenuItem) {
  const className = classNames(
    'flex h-9 cursor-pointer items-center gap-2.5 rounded-control px-2.5 text-row outline-none',
    'data-highlighted:bg-hover',
    isDanger && 'text-danger',
  )
  if (isChecked === undefined) {
    return (
      <Base.Item onClick={onSelect} className={className}>
        {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
        {label}
      </Base.Item>
    )
  }
  return (
    <Base.CheckboxItem checked={isChecked} closeOnClick onClick={onSelect} className={className}>
      <Check
        size={16}
        aria-hidden
        className={classNames('text-accent-ink', !isChecked && 'invisible')}
      />
      {label}
    </Base.CheckboxItem>
  )
}

function grouped(items: MenuItem[]): MenuItem[][] {
  const groups: MenuItem[][] = []
  for (const item of items) {
    const last = groups.at(-1)
    if (last && last[0]?.group === item.group) last.push(item)
    else groups.push([item])
  }
  return groups
}
