import { lazy, Suspense } from 'react'
import type { EmojiPickerProps } from './EmojiPickerBody.tsx'

const Body = lazy(async () => ({
  default: (await import('./EmojiPickerBody.tsx')).EmojiPickerBody,
}))

/** All emoji, with a search. Fetched when it is first shown; its place is held meanwhile. */
export function EmojiPicker(props: EmojiPickerProps) {
  return (
    <div className="h-[360px] w-[330px] max-w-[calc(100vw-16px)]">
      <Suspense>
        <Body {...props} />
      </Suspense>
    </div>
  )
}
