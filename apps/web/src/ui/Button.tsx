import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 'small' | 'medium' | 'large'
}

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  plain: 'border border-line-strong bg-raised hover:bg-hover',
  quiet: 'text-ink-2 hover:bg-active hover:text-ink',
  danger: 'border border-danger text-danger hover:bg-danger-soft',
}
const SIZES = {
  small: 'h-8 rounded-card px-3 text-small',
  medium: 'h-9 rounded-card px-4 text-row',
  large: 'h-11 rounded-card px-5 text-body',
}

export function Button({ look = 'plain', size = 'medium', className, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      className={classNames(
        'inline-flex items-center justify-center gap-1.5 font-semibold transition-colors',
        'disabled:cursor-default disabled:opacity-60',
        LOOKS[look],
        SIZES[size],
        className,
      )}
    />
  )
}
