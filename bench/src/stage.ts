import type { Bench } from './bench.ts'
import type { Sql } from './product/database.ts'
import type { Product } from './product/product.ts'
import type { World } from './product/world.ts'

/** The product at work. */
export interface Running {
  bench: Bench
  product: Product
  /** A superuser's look at the database. */
  sql: Sql
}

/** … with everybody registered. */
export interface Stage extends Running {
  world: World
}
