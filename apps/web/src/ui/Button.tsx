import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 'small' | 'medium' | 'large'
  /** Does nothing for now, and keeps the focus: what is disabled would lose it. */
  isBusy?: boolean
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

export function Button(props: ButtonProps) {
  const { look = 'plain', size = 'medium', isBusy = false, className, onClick, ...rest } = props
  return (
    <button
      type="button"
      aria-disabled={isBusy || undefined}
      {...rest}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={classNames(
        'inline-flex items-center justify-center gap-1.5 font-semibold transition-colors',
        'disabled:cursor-default disabled:opacity-60 aria-disabled:cursor-default aria-disabled:opacity-60',
        LOOKS[look],
        SIZES[size],
        className,
      )}
    />
  )
}
