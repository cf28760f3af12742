import { readDialogues } from '../dialogue.ts'

export const german = readDialogues(`
a: Guten Morgen zusammen! Die Maschine ist entkalkt. [☕ 🙏]
b: Du bist ein Held.
c: Ich rieche es bis in den zweiten Stock.

a: Wer kommt um {uhrzeit} mit zum Essen?
b: Ich! Heute gibt es {gericht}.
c> Dann bin ich auch dabei.
a: Treffpunkt unten, wie immer.

a: Am {tag} ist Feiertag, oder?
b: Nur in Bayern.
a> Schade. => Schade, ich hatte mich schon gefreut.
c: Wir holen es im Herbst nach. [😄]

a: Hat jemand mein Ladekabel gesehen? Weiß, mit grünem Klebeband.
b: Liegt im Besprechungsraum „Elbe“.
a: Danke dir! [🙏]

a: Neue Tastatur ist da. 61 Tasten, mehr braucht kein Mensch.
b: Wo sind die Pfeiltasten?
a> Im Kopf.
b: 😂

a: Die Präsentation für {tag} ist fertig, magst du kurz drüberschauen?
b: Klar, bis {uhrzeit} hast du Kommentare.
a: Super, danke.
b> Seite 4 ist großartig. Seite 5 kann weg.
a: Seite 5 war mein Liebling … gut, ist weg. [💔 😅]

a: Kuchen in der Küche! Anlass: keiner.
b: Der beste Anlass.
c: Bin unterwegs, haltet ein Stück fest. [🍰]

a: Zug hat 40 Minuten Verspätung, ich komme zum Termin per Telefon.
b: Alles gut, wir fangen mit dem zweiten Punkt an.
a> Danke fürs Umstellen!
`)
