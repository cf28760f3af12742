import { cloneElement, type ReactElement } from 'react'

interface TooltipProps {
  text: string
  children: ReactElement<{ 'data-tooltip'?: string }>
}

/** A hint on hover and focus. It repeats what the control is called, it never adds to it. */
export function Tooltip({ text, children }: TooltipProps) {
  return cloneElement(children, { 'data-tooltip': text })
}
