import { classNames } from './class-names.ts'

interface SwitchProps {
  label: string
  isOn: boolean
  onChange: (isOn: boolean) => void
  isDisabled?: boolean
}

/** On or off, at once. The label belongs to it. */
export function Switch({ label, isOn, onChange, isDisabled }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      disabled={isDisabled}
      onClick={() => onChange(!isOn)}
      className="flex min-h-10 w-full items-center justify-between gap-4 rounded-control text-left text-row disabled:cursor-default disabled:opacity-60"
    >
      {label}
      <span
        aria-hidden
        className={classNames(
          'flex h-5 w-9 shrink-0 items-center rounded-full p-0.5 transition-colors',
          isOn ? 'justify-end bg-accent' : 'bg-line-strong',
        )}
      >
        <span className="size-4 rounded-full bg-white" />
      </span>
    </button>
  )
}
