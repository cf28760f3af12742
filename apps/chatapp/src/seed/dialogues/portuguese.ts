import { readDialogues } from '../dialogue.ts'

export const portuguese = readDialogues(`
a: Bom dia! O café está pronto ☕ [❤️]
b: Já desço.
c> Guardem-me um pastel de nata, por favor.

a: Almoço na {dia} {hora}?
b: Pode ser. Apetece-me {prato}.
a: Então marco mesa para quatro.
c: Eu chego um bocadinho atrasado. => Eu chego dez minutos atrasado.
a> Sem problema 😊

a: A visita do cliente ficou para {dia}.
b: Perfeito, eu levo o portátil e os adaptadores.
c: Todos os adaptadores?
b> Aprendi da última vez. [😂]

a: Quem tem a chave da sala grande?
b: Está na receção, com o Rui.
a: Obrigada!

a: O barco está reservado para sábado! ⛵ [🎉 🙌]
b: A sério?! A que horas?
a> {hora}, no cais de Belém.
b: Levo protetor solar para todos.
c: E eu levo a música.

a: O elevador voltou a parar no terceiro andar.
b: Ele gosta do terceiro andar.
a> Já chamei o técnico. [😂 👍]
`)
