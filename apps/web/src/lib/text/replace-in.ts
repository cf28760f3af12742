interface Range {
  start: number
  end: number
}

/** Writes into the field as if typed, so that React hears of it. The caret ends up behind it. */
export function replaceIn(field: HTMLTextAreaElement, text: string, { start, end }: Range): void {
  field.focus()
  field.setRangeText(text, start, end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
