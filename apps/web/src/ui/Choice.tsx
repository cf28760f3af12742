import { useId } from 'react'

interface ChoiceProps<T extends string> {
  label: string
  value: T
  options: { value: T; label: string }[]
  onChange: (value: T) => void
}

/** One of a few, all in sight. Arrow keys choose. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const name = useId()
  return (
    <fieldset className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <legend className="float-left text-row">{label}</legend>
      <div className="flex rounded-card bg-active p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className="grid min-h-8 cursor-pointer place-items-center rounded-[8px] px-3 py-1 text-center text-small text-ink-2 hover:text-ink has-checked:bg-canvas has-checked:font-medium has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent-ink"
          >
            <input
              type="radio"
              className="sr-only"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
