import { classNames } from './class-names.ts'

/** Holds the place of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames('block rounded-control bg-active motion-safe:animate-pulse', className)}
    />
  )
}
