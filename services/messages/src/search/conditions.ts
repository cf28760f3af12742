import { invalidField, type SearchFilter, type SearchQuery, type UsersApi } from '@chatapp/protocol'
import { hasMarker, senderMarker } from './document.ts'
import type { OwnConversation } from './scope.ts'
import { fold } from './words/fold.ts'
import type { Lookup } from './words/plan.ts'
import { boundsOf } from './zone.ts'

/** What a query's conditions come to for this caller. */
export interface Conditions {
  conversationIds: string[]
  sentFrom: Date | undefined
  sentBefore: Date | undefined
  /** Of each entry one marker must be there … */
  markers: string[][]
  /** … and none of these. */
  noMarkers: string[]
  /** Undefined: read or not. */
  unread: boolean | undefined
}

export interface Asker {
  userId: string
  /** An IANA time zone; days are those of its clocks. */
  zone: string
  now: number
  users: Pick<UsersApi, 'idsByUsername'>
}

type Of<Kind> = Extract<SearchFilter, { kind: Kind }>

/** @throws {ChatError} `invalid` for people and conversations that are not there for the caller */
export async function resolveConditions(
  { filters }: SearchQuery,
  own: OwnConversation[],
  asker: Asker,
): Promise<Conditions> {
  const of = <K extends SearchFilter['kind']>(kind: K) =>
    filters.filter((filter): filter is Of<K> => filter.kind === kind)
  const people = await findPeople([...of('from'), ...of('in')], asker)
  const from = of('from').map((filter) => ({ filter, marker: markerOf(filter, people, asker) }))
  const wantedFrom = from.filter(({ filter }) => !filter.isNegated).map(({ marker }) => marker)
  const unread = of('is')
    .filter(({ what }) => what === 'unread')
    .map(({ isNegated }) => !isNegated)
  const flags = flagsOf([...of('has'), ...of('is')], asker)
  return {
    conversationIds: chooseConversations(own, of('in'), people)
      .filter(({ hasMessages }) => hasMessages)
      .filter((one) => !unread.includes(true) || (one.hasUnread && !unread.includes(false)))
      .map(({ id }) => id),
    ...timesOf([...of('before'), ...of('after'), ...of('on')], asker),
    markers: [...(wantedFrom.length > 0 ? [wantedFrom] : []), ...flags.wanted.map((one) => [one])],
    noMarkers: [
      ...from.flatMap(({ filter, marker }) => (filter.isNegated ? marker : [])),
      ...flags.unwanted,
    ],
    // Both at once can't be: no conversation is left above.
    unread: unread.length === 0 ? undefined : unread.every(Boolean),
  }
}

/** The conditions that an index can look up, beside the words. */
export function lookupsOf({ markers }: Conditions): Lookup[][][] {
  return markers.map((any) => any.map((token): Lookup[] => [{ token, how: 'exact' }]))
}

/** By user name; a name may be one that every object has a property of. */
type People = Map<string, string>

async function findPeople(filters: (Of<'from'> | Of<'in'>)[], { users }: Asker): Promise<People> {
  const names = [...new Set(filters.map(({ name }) => name.toLowerCase()))]
  return new Map(names.length === 0 ? [] : await users.idsByUsername(names))
}

function markerOf(filter: Of<'from'>, people: People, { userId }: Asker): string {
  const name = filter.name.toLowerCase()
  const id = people.get(name) ?? (name === 'me' ? userId : undefined)
  if (id) return senderMarker(id)
  throw unknown(filter, `there is nobody with the user name “${filter.name}”`)
}

function chooseConversations(
  own: OwnConversation[],
  filters: Of<'in'>[],
  people: People,
): OwnConversation[] {
  const chosen = filters.map((filter) => ({ filter, found: ownNamed(own, filter, people) }))
  const within = (isNegated: boolean) =>
    new Set(chosen.filter(({ filter }) => filter.isNegated === isNegated).flatMap((c) => c.found))
  const [wanted, unwanted] = [within(false), within(true)]
  return own.filter((one) => (wanted.size === 0 || wanted.has(one)) && !unwanted.has(one))
}

function ownNamed(own: OwnConversation[], filter: Of<'in'>, people: People): OwnConversation[] {
  const name = fold(filter.name)
  const otherId = people.get(filter.name.toLowerCase())
  const found = own.filter(
    (one) =>
      one.id === filter.name.toLowerCase() ||
      (one.title !== null && fold(one.title) === name) ||
      (otherId !== undefined && one.otherId === otherId),
  )
  if (found.length > 0) return found
  throw unknown(filter, `you are in no conversation called “${filter.name}”`)
}

function unknown({ place }: SearchFilter, message: string): Error {
  return invalidField('q', `${message} (at ${place.start + 1})`)
}

type Flag = Of<'has'> | Of<'is'>

function flagsOf(filters: Flag[], { userId }: Asker): { wanted: string[]; unwanted: string[] } {
  const flags = filters.flatMap((filter) => {
    if (filter.kind === 'has') return { ...filter, marker: hasMarker(filter.what) }
    return filter.what === 'mine' ? { ...filter, marker: senderMarker(userId) } : []
  })
  const markers = (isNegated: boolean) =>
    flags.filter((flag) => flag.isNegated === isNegated).map((flag) => flag.marker)
  return { wanted: markers(false), unwanted: markers(true) }
}

type Dated = Of<'before' | 'after' | 'on'>

/** Neither `before` nor `after` has the day itself in it. */
function timesOf(
  filters: Dated[],
  { zone, now }: Asker,
): Pick<Conditions, 'sentFrom' | 'sentBefore'> {
  const starts: number[] = []
  const ends: number[] = []
  for (const { kind, period } of filters) {
    const { start, end } = boundsOf(period, zone, now)
    if (kind === 'after') starts.push(end.getTime())
    if (kind === 'before') ends.push(start.getTime())
    if (kind === 'on') {
      starts.push(start.getTime())
      ends.push(end.getTime())
    }
  }
  return {
    sentFrom: starts.length > 0 ? new Date(Math.max(...starts)) : undefined,
    sentBefore: ends.length > 0 ? new Date(Math.min(...ends)) : undefined,
  }
}
