/** One thing that was looked at; `mend` says what to do when it is wrong. */
export interface Finding {
  check: string
  ok: boolean
  detail: string
  mend?: string
}

export const fine = (check: string, detail: string): Finding => ({ check, ok: true, detail })

export const wrong = (check: string, detail: string, mend: string): Finding => ({
  check,
  ok: false,
  detail,
  mend,
})
