import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface ChoicesProps<Option> {
  id: string
  label: string
  options: Option[]
  active: number
  /** Of the text that they belong to. */
  side: 'above' | 'below'
  keyOf: (option: Option) => string
  onHover: (index: number) => void
  onPick: (option: Option) => void
  children: (option: Option) => ReactNode
}

const SIDES = { above: 'bottom-full mb-1.5 max-w-md', below: 'top-full mt-1.5' }

/** The list at a textbox. The focus stays in the text; arrows choose, Enter and Tab take. */
export function Choices<Option>({
  onHover,
  onPick,
  keyOf,
  children,
  ...list
}: ChoicesProps<Option>) {
  const { id, label, options, active, side } = list
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className={classNames(
        'absolute inset-x-0 z-20 max-h-80 overflow-y-auto rounded-card border border-line bg-raised p-1 shadow-float',
        SIDES[side],
      )}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the textbox, where the focus is, has the keys
        <div
          key={keyOf(option)}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerMove={() => index !== active && onHover(index)}
          // The focus must not leave the text.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
          className="flex h-9 cursor-pointer items-center gap-2.5 rounded-control px-2 text-row aria-selected:bg-accent-soft"
        >
          {children(option)}
        </div>
      ))}
    </div>
  )
}
