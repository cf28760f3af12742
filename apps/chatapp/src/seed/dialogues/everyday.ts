import { readDialogues } from '../dialogue.ts'

export const everyday = readDialogues(`
a: I finished {book} at two in the morning. No regrets.
b: Don't say anything, I'm at chapter {number}!
a> Not a word. Call me when you reach the letter.
c: WHAT letter [😱]

a: Next one: {book}?
b: Yes please, it has been on my shelf for years.
c: I've read it twice and would again.
a: {day} evening then, at mine. There will be {food}.
b> Sold. [🙌]

a: Have you seen {film}?
b: On {day}, alone, third row. I cried at the end.
a> Same. It's the music.

a: Do you have a minute? I'd like your eye on something.
b: Always. Is it the colours?
a: It's the spacing. Something is off by four pixels and I can't see where.
b> Left edge of the title.
a: How do you DO that [🤯]

a: 今日のお昼、一緒にどう？
b: いいね！{time} に下で待ってるね。
a> ありがとう 😊

a: Happy birthday!! 🎂 [🎉 ❤️]
b: Thank you! You are the first, as every year.
a: There is {food} on your desk.
b> I knew you were up to something.

a: Concert on {day}, one ticket left. Interested?
b: Who plays?
a: Four people with cellos and one with a typewriter.
b> I'm so in.

a: I tried your recipe. It became something else, but good.
b: What did you leave out?
a: The patience. => The patience, mostly.
b> 😂 [😂]

a: Quote of the week from {book}: "Perhaps it is enough to have noticed."
b: That one is in my notebook as well.
c: Page?
a> {number}, near the end.
`)
