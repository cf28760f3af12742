import type { ComponentProps } from 'react'
import { Field, type FieldLabels } from './Field.tsx'

export function TextArea(props: ComponentProps<'textarea'> & FieldLabels) {
  const { label, hint, error, className, ...rest } = props
  return (
    <Field {...{ label, hint, error, className }}>
      {(control) => (
        <textarea {...control} {...rest} className={`${control.className} min-h-11 py-2`} />
      )}
    </Field>
  )
}
