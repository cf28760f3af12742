import { Skeleton } from '../../ui/Skeleton.tsx'

const WIDTHS = ['w-3/5', 'w-1/2', 'w-2/5', 'w-3/4']

/** Where messages will be. */
export function Placeholders() {
  return (
    <div className="flex h-full flex-col justify-end gap-5 overflow-hidden px-6 pb-4 narrow:px-3.5">
      {WIDTHS.map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="size-10 rounded-full" />
          <div className="grid flex-1 content-start gap-2">
            <Skeleton className="h-3 w-28" />
            <Skeleton className={`h-3 ${width}`} />
          </div>
        </div>
      ))}
    </div>
  )
}
