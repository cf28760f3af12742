/** Two outboxes as one: each keeps its order, between them time decides. */
export function mergedByTime(own: unknown[], left: unknown[]): unknown[] {
  const rest = [...left]
  const merged = own.flatMap((item) => {
    const next = rest.findIndex((other) => createdAt(other) > createdAt(item))
    return [...rest.splice(0, next < 0 ? rest.length : next), item]
  })
  return [...merged, ...rest]
}

function createdAt(item: unknown): number {
  return typeof item === 'object' && item && 'createdAt' in item ? Number(item.createdAt) : 0
}
