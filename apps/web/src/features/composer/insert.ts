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

export function insertAtCaret(field: HTMLTextAreaElement, text: string): void {
  replaceIn(field, text, { start: field.selectionStart, end: field.selectionEnd })
}

/** A sign needs a space before it to start a word. */
export function startMention(field: HTMLTextAreaElement): void {
  const before = field.value.slice(0, field.selectionStart)
  insertAtCaret(field, before === '' || /\s$/.test(before) ? '@' : ' @')
}
