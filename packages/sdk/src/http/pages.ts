export interface Page<T> {
  items: T[]
  /** Ask again with this as `cursor`; null at the end. */
  next: string | null
}

/** Which page: at most 200 items, 50 by default. */
export interface PageQuery {
  limit?: number | undefined
  cursor?: string | undefined
}

/** Every item of a list, page after page, each fetched when it is reached. */
export async function* itemsOf<T>(
  page: (query: PageQuery) => Promise<Page<T>>,
  query: PageQuery = {},
): AsyncGenerator<T, void> {
  for await (const { items } of pagesOf(page, query)) yield* items
}

/** Every page of a list, each fetched when it is reached. */
export async function* pagesOf<P extends Page<unknown>>(
  page: (query: PageQuery) => Promise<P>,
  query: PageQuery = {},
): AsyncGenerator<P, void> {
  let cursor = query.cursor ?? null
  do {
    const one = await page(cursor === null ? query : { ...query, cursor })
    yield one
    cursor = one.next
  } while (cursor !== null)
}
