/** The first so many code points. */
export function cut(text: string, max: number): string {
  return text.length > max ? [...text].slice(0, max).join('') : text
}
