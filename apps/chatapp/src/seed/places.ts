import type { Dialogue } from './dialogue.ts'
import { everyday } from './dialogues/everyday.ts'
import { french } from './dialogues/french.ts'
import { german } from './dialogues/german.ts'
import { inPrivate } from './dialogues/in-private.ts'
import { outdoors } from './dialogues/outdoors.ts'
import { portuguese } from './dialogues/portuguese.ts'
import { work } from './dialogues/work.ts'

/** Where people talk, what about, and how lively it is there. */
export interface Place {
  /** A group's title; null is a direct conversation. */
  title: string | null
  usernames: string[]
  dialogues: Dialogue[]
  weight: number
}

export const places: Place[] = [
  group(['Product', 'amelie chidi dana elif freya hana jonas kavya'], work, 6),
  group(['Release 1.0', 'chidi dana freya goran jonas kavya'], work, 5),
  group(['On call', 'goran chidi kavya elif'], work, 2),
  group(['Weekend hike', 'freya amelie bruno goran ines leo'], outdoors, 4),
  group(['Kaffeeküche', 'dana jonas hana elif'], german, 3),
  group(['Escritório de Lisboa', 'bruno ines leo amelie'], portuguese, 3),
  group(['La cantine', 'amelie leo ines'], french, 2),
  group(['Book club', 'hana ines kavya dana leo'], everyday, 3),
  direct('amelie', 'jonas', inPrivate),
  direct('amelie', 'leo', french),
  direct('bruno', 'ines', portuguese),
  direct('chidi', 'goran', inPrivate),
  direct('dana', 'jonas', german),
  direct('elif', 'kavya', inPrivate),
  direct('freya', 'ines', inPrivate),
  direct('hana', 'amelie', inPrivate),
]

function group([title, who]: [string, string], dialogues: Dialogue[], weight: number): Place {
  return { title, weight, usernames: who.split(' '), dialogues }
}

function direct(one: string, other: string, dialogues: Dialogue[]): Place {
  return { title: null, weight: 1, usernames: [one, other], dialogues }
}
