interface CheckboxProps {
  label: string
  name: string
  value?: string
  isChecked?: boolean
}

/** Part of a form, which reads it. */
export function Checkbox({ label, name, value, isChecked = false }: CheckboxProps) {
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-2.5 text-row">
      <input
        type="checkbox"
        name={name}
        value={value}
        defaultChecked={isChecked}
        className="size-4 shrink-0 accent-accent"
      />
      {label}
    </label>
  )
}
