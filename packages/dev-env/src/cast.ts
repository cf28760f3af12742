import type { Person, Product } from './product.ts'

export interface Cast {
  alice: Person
  bob: Person
  carol: Person
  dan: Person
}

/** The people of most stories, registered and signed in. */
export async function cast(product: Product): Promise<Cast> {
  const [alice, bob, carol, dan] = [
    await product.person('alice'),
    await product.person('bob'),
    await product.person('carol'),
    await product.person('dan'),
  ]
  return { alice, bob, carol, dan }
}
