import { escaped } from '../mailing/present.ts'
import type { DigestTexts } from './texts.ts'

/** Mail programs look at links: what ends something is a button. */
export const questionPage = ({ page }: DigestTexts) =>
  layOut(
    page,
    `<p>${escaped(page.question)}</p><form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button style="font:inherit;padding:10px 18px;border:0;border-radius:8px;background:#2f5bd7;color:#ffffff">${escaped(page.button)}</button></form>`,
  )

export const donePage = ({ page }: DigestTexts) =>
  layOut(page, `<p>${escaped(page.done)}</p><p><a href="/settings">${escaped(page.again)}</a></p>`)

const layOut = ({ language, title }: DigestTexts['page'], main: string) =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${escaped(title)}</title></head><body style="font-family:system-ui,sans-serif;line-height:1.5;max-width:560px;margin:0 auto;padding:32px 16px"><main><h1 style="font-size:20px">${escaped(title)}</h1>${main}</main></body></html>`
