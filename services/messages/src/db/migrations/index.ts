import type { Migration } from '@chatapp/service-kit'
import { log } from './0001-log.ts'
import { drafts } from './0002-drafts.ts'
import { privateReads } from './0003-private-reads.ts'
import { partitions } from './0004-partitions.ts'
import { unreadMarks } from './0005-unread-marks.ts'
import { search } from './0006-search.ts'
import { searchEngine } from './0007-search-engine.ts'
import { notifying } from './0008-notifying.ts'
import { searchRefusals } from './0009-search-refusals.ts'
import { activity } from './0010-activity.ts'
import { webhooks } from './0011-webhooks.ts'
import { hooks } from './0012-hooks.ts'

export const migrations: Record<string, Migration> = {
  '0001-log': log,
  '0002-drafts': drafts,
  '0003-private-reads': privateReads,
  '0004-partitions': partitions,
  '0005-unread-marks': unreadMarks,
  '0006-search': search,
  '0007-search-engine': searchEngine,
  '0008-notifying': notifying,
  '0009-search-refusals': searchRefusals,
  '0010-activity': activity,
  '0011-webhooks': webhooks,
  '0012-hooks': hooks,
}
