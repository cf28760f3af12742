import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

interface TextFieldProps extends ComponentProps<'input'> {
  label: string
  hint?: string | undefined
  error?: string | undefined
  /** A small control inside the field, at its end. */
  end?: ReactNode
}

export function TextField({ label, hint, error, end, className, ...props }: TextFieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-small font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          {...props}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className={classNames(
            'h-11 w-full rounded-card border bg-canvas px-3 text-body placeholder:text-ink-3',
            'focus:border-accent focus:outline-3 focus:outline-accent/25 focus:outline-offset-0',
            error ? 'border-danger' : 'border-line-strong',
            Boolean(end) && 'pr-12',
          )}
        />
        {end && <span className="absolute inset-y-0 right-1.5 grid place-items-center">{end}</span>}
      </div>
      {note && (
        <p
          id={`${id}-note`}
          className={classNames('mt-1 text-meta', error ? 'text-danger' : 'text-ink-3')}
        >
          {note}
        </p>
      )}
    </div>
  )
}
