import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Field, type FieldLabels } from './Field.tsx'

interface TextFieldProps extends ComponentProps<'input'>, FieldLabels {
  /** A small control inside the field, at its end. */
  end?: ReactNode
}

export function TextField({ label, hint, error, end, className, ...props }: TextFieldProps) {
  return (
    <Field {...{ label, hint, error, className }}>
      {(control) => (
        <span className="relative block">
          <input
            {...control}
            {...props}
            className={classNames(control.className, 'h-11', Boolean(end) && 'pr-12')}
          />
          {end && (
            <span className="absolute inset-y-0 right-1.5 grid place-items-center">{end}</span>
          )}
        </span>
      )}
    </Field>
  )
}
