import { gather } from './evidence.ts'
import type { Entry, Stored, Violation } from './journal.ts'
import { checkMembers } from './members.ts'
import { checkOrder } from './order.ts'
import { checkReceipts } from './receipts.ts'
import { checkSearch } from './search.ts'
import { checkSends } from './sends.ts'

/** All that departs from the promises; knows nothing of ChatApp but what it promises. */
export function check(journal: Entry[], stored: Stored): Violation[] {
  const evidence = gather(journal, stored)
  return [checkSends, checkOrder, checkMembers, checkSearch, checkReceipts].flatMap((one) =>
    one(evidence),
  )
}
