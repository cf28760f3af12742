import { type ComponentProps, useId } from 'react'
import { classNames } from './class-names.ts'

interface TextAreaProps extends ComponentProps<'textarea'> {
  label: string
  hint?: string | undefined
  error?: string | undefined
}

export function TextArea({ label, hint, error, className, ...props }: TextAreaProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-small font-medium">
        {label}
      </label>
      <textarea
        id={id}
        {...props}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={classNames(
          'block w-full rounded-card border bg-canvas px-3 py-2 text-body placeholder:text-ink-3',
          'focus:border-accent focus:outline-3 focus:outline-accent/25 focus:outline-offset-0',
          error ? 'border-danger' : 'border-line-strong',
        )}
      />
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
