import { useNavigate, useRouterState, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useSearches } from './searches.ts'
import { useMedia } from './use-media.ts'

export type SearchSort = 'best' | 'newest'

interface Wish {
  query: string
  sort?: SearchSort | undefined
}

const PATH = '/search'

/** The search and its place: in the address, so that going back and links work. */
export function useSearchPane() {
  const navigate = useNavigate()
  const { q, sort = 'best' } = useSearch({ strict: false })
  const isScreen = useRouterState({ select: ({ location }) => location.pathname === PATH })
  const isWide = useMedia('(width >= 1180px)')
  const ways = useMemo(() => {
    const inPlace = (search: { q?: string; sort?: SearchSort }, replace: boolean) =>
      void navigate({ to: '.', search, replace })
    return {
      /** Without a wish: on with the last one. */
      open({ query, sort }: Wish = { query: useSearches.getState().last }) {
        useSearches.setState(({ called }) => ({ called: called + 1 }))
        const search = searchOf({ query, sort })
        if (isWide || isScreen) inPlace(search, false)
        else void navigate({ to: PATH, search })
      },
      /** The address follows what is written. */
      rewrite(wish: Wish) {
        useSearches.setState({ last: wish.query })
        inPlace(searchOf(wish), true)
      },
      close() {
        useSearches.setState({ found: null })
        if (isScreen) void navigate({ to: '/' })
        else inPlace({}, false)
      },
    }
  }, [navigate, isWide, isScreen])
  return {
    ...{ query: q ?? '', sort, isScreen },
    /** Beside a conversation. */
    isBeside: isWide && q !== undefined && !isScreen,
    isShown: isScreen || (isWide && q !== undefined),
    /** There are results to go back to. */
    isBehind: !isWide && q !== undefined && !isScreen,
    ...ways,
  }
}

/** What stands in the address. */
export function searchOf({ query, sort }: Wish): { q: string; sort?: SearchSort } {
  return sort === 'newest' ? { q: query, sort } : { q: query }
}
