import { readDialogues } from '../dialogue.ts'

export const french = readDialogues(`
a: Coucou ! On déjeune ensemble {jour} ?
b: Avec plaisir, vers {heure} ?
a: Parfait. Je prends {plat}.
b> Tu prends toujours {plat}. [😂]

a: Le train a encore du retard, j'arrive à {heure}.
b: Pas de souci, on commence par la démo.
a> Merci, tu me sauves 🙏

a: J'ai trois maquettes pour l'écran d'accueil, tu veux voir ?
b: Évidemment !
a: La deuxième est ma préférée. => La troisième est ma préférée, finalement.
b> Moi aussi, elle respire mieux. [✨ 👏]

a: Le client a dit oui !!! [🎉 🥂]
b: Bravo ! C'était quoi, l'argument décisif ?
a> Que les données restent chez eux.

a: Quelqu'un connaît un bon réparateur de vélos ?
b: Celui de la rue des Lilas, il est rapide et honnête.
a: Super, j'y passe {jour}.
`)
