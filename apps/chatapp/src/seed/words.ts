import { pick, type Random } from './random.ts'

const words: Record<string, string[]> = {
  day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
  time: ['9:30', '10:00', '11:15', '14:00', '15:30', '16:45'],
  number: ['3', '7', '12', '40', '128', '250', '1,900'],
  percent: ['4', '11', '18', '37', '52'],
  part: ['the sign-in', 'search', 'the composer', 'sync', 'the upload', 'the settings page'],
  customer: ['Nordlys', 'Casa Verde', 'Atelier 12', 'the library', 'Blue Harbour', 'Mirai'],
  hill: ['the ridge', 'Serra da Arrábida', 'the lake loop', 'Kullaberg', 'the old railway path'],
  weather: ['sun', 'drizzle', 'wind from the north', 'fog until ten', 'a heatwave'],
  food: ['focaccia', 'dumplings', 'a lemon cake', 'chili', 'far too many sandwiches'],
  book: ['Piranesi', 'The Left Hand of Darkness', 'Convenience Store Woman', 'Middlemarch'],
  film: ['Perfect Days', 'Portrait of a Lady on Fire', 'Paterson', 'Past Lives'],
  tag: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag'],
  uhrzeit: ['halb zehn', 'elf', 'zwölf', 'zwei', 'Viertel nach drei'],
  gericht: ['Linsensuppe', 'Kürbisrisotto', 'Käsespätzle', 'Falafel', 'die Reste von gestern'],
  dia: ['segunda', 'terça', 'quarta', 'quinta', 'sexta'],
  hora: ['às dez', 'ao meio-dia', 'às três', 'depois das quatro'],
  prato: ['bacalhau à Brás', 'caldo verde', 'arroz de pato', 'uma salada'],
  jour: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'],
  heure: ['midi', '10 h', '14 h 30', '16 h'],
  plat: ['une quiche', 'le couscous', 'des crêpes', 'la tarte aux poireaux'],
}

/** Fills `{day}` and the like; the same word stays the same within one dialogue. */
export function createWords(random: Random): (text: string) => string {
  const chosen = new Map<string, string>()
  return (text) =>
    text.replaceAll(/\{(\w+)\}/g, (_, kind: string) => {
      const word = chosen.get(kind) ?? pick(random, words[kind] ?? [])
      chosen.set(kind, word)
      return word
    })
}
