import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { Tooltip } from './Tooltip.tsx'

interface IconButtonProps extends ComponentProps<'button'> {
  icon: LucideIcon
  /** What it does, for screen readers and as its tooltip. */
  label: string
}

export function IconButton({ icon: Icon, label, className, ...props }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        {...props}
        className={classNames(
          'grid size-8 shrink-0 place-items-center rounded-control text-ink-2 transition-colors',
          'hover:bg-active hover:text-ink aria-expanded:bg-active aria-pressed:text-accent-ink',
          className,
        )}
      >
        <Icon size={18} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  )
}
