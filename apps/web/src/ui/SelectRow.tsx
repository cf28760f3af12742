import { ChevronsUpDown } from 'lucide-react'
import { useId } from 'react'

interface SelectRowProps<T extends string> {
  label: string
  value: T
  options: { value: T; label: string }[]
  onChange: (value: T) => void
}

/** A setting in a line: what it is, and what is chosen. */
export function SelectRow<T extends string>(props: SelectRowProps<T>) {
  const { label, value, options, onChange } = props
  const id = useId()
  return (
    <div className="flex min-h-10 items-center justify-between gap-3 text-row">
      <label htmlFor={id} className="shrink-0">
        {label}
      </label>
      <span className="relative min-w-0">
        <select
          id={id}
          value={value}
          // The options are the values.
          onChange={(event) => onChange(event.target.value as T)}
          className="h-8 max-w-full cursor-pointer appearance-none truncate rounded-control bg-transparent pr-6 pl-2 text-right text-small text-ink-2 hover:bg-hover"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} className="bg-raised text-ink">
              {option.label}
            </option>
          ))}
        </select>
        <ChevronsUpDown
          size={14}
          aria-hidden
          className="pointer-events-none absolute top-[9px] right-1 text-ink-3"
        />
      </span>
    </div>
  )
}
