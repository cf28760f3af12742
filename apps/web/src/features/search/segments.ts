import type { Place, SearchPiece } from '@chatapp/protocol'

/** A stretch of the query that looks the same throughout. */
export interface Segment {
  text: string
  isCondition: boolean
  isWrong: boolean
}

/** The query as it is shown: its conditions, and what is wrong, each at its place. */
export function segmentsOf(text: string, pieces: SearchPiece[], wrong: Place[]): Segment[] {
  const conditions = pieces.filter(({ key }) => key !== undefined).map(({ place }) => place)
  const marked = wrong.map((place) => visiblePlace(place, pieces))
  const cuts = [...conditions, ...marked].flatMap(({ start, end }) => [start, end])
  const places = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b)
  return places.slice(0, -1).map((start, n) => {
    const end = places[n + 1] ?? text.length
    const isIn = (place: Place) => place.start <= start && end <= place.end
    return {
      text: text.slice(start, end),
      isCondition: conditions.some(isIn),
      isWrong: marked.some(isIn),
    }
  })
}

/** What is missing has no width: then it is what it is missing from. */
function visiblePlace(place: Place, pieces: SearchPiece[]): Place {
  if (place.start < place.end) return place
  const around = pieces.find((one) => one.place.start <= place.start && place.end <= one.place.end)
  return around?.place ?? place
}
