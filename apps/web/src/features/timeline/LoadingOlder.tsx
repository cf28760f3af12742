import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../ui/Skeleton.tsx'

/** Over the upper end of the list, not in it: nothing moves when it comes and goes. */
export function LoadingOlder() {
  const { t } = useTranslation('timeline')
  return (
    <div className="pointer-events-none absolute inset-x-0 top-0 flex h-14 items-center gap-3 bg-linear-to-b from-canvas from-70% to-transparent px-6 narrow:px-3.5">
      <Skeleton className="size-10 rounded-full" />
      <span className="grid flex-1 gap-2">
        <Skeleton className="h-3 w-28" />
        <Skeleton className="h-3 w-1/2" />
      </span>
      <span className="sr-only">{t('loadingOlder')}</span>
    </div>
  )
}
