const MARKS = /\p{M}/gu

/** As people type a name in a hurry: "Béla" is found by "be". */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').toLocaleLowerCase()
}
