/** A UUIDv7 that tells its number. */
export const idOf = (number: number) =>
  `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`

export const alice = idOf(1)
export const bob = idOf(2)
export const carol = idOf(3)
export const dan = idOf(4)
export const plans = idOf(100)
export const lobby = idOf(200)
