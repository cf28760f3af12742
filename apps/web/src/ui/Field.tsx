import { type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

export interface FieldLabels {
  label: string
  hint?: string | undefined
  error?: string | undefined
}

interface ControlProps {
  id: string
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
  className: string
}

interface FieldProps extends FieldLabels {
  className?: string | undefined
  /** The control itself, given what ties it to its label and its note. */
  children: (control: ControlProps) => ReactNode
}

/** A label, a control, and below it a hint, or what is wrong. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-small font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': note ? `${id}-note` : undefined,
        className: classNames(
          'block w-full rounded-card border bg-canvas px-3 text-body placeholder:text-ink-3',
          'focus:border-accent-ink focus:outline-3 focus:outline-accent/25 focus:outline-offset-0',
          error ? 'border-danger' : 'border-line-strong',
        ),
      })}
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
