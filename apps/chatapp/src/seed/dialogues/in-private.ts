import { readDialogues } from '../dialogue.ts'

/** For two. */
export const inPrivate = readDialogues(`
a: Do you have ten minutes today?
b: At {time}, does that work?
a> Perfect, I'll call you.

a: Thank you for stepping in on {day}. That wasn't obvious.
b: Any time. You'd have done the same. [❤️]

a: Can you read this over before I send it to {customer}?
b: Reading …
b: It's good! I'd drop the second "unfortunately".
a> Done. It's shorter AND friendlier now. [👏]

a: Are you still awake?
b: On call, so: technically.
a: {part} is slow from here. Is it me?
b> It's not you. Give me a minute.
b: Better?
a: Much better! Good night 🌙 [🙏]

a: Lunch? They have {food} downstairs.
b: Five minutes! => Ten minutes, somebody just called.
a> I'll keep you a plate.

a: I think I broke {part}.
b: Describe "broke".
a: It's upside down.
b> I … am impressed. Share your screen? [😂]

a: Did {customer} answer?
b: Yes, they sign on {day}!! [🎉 🥂]
a: I knew it. Cake is on me.

a: How was the holiday?
b: {weather} for two weeks, and I read {book} twice.
a> That sounds exactly right.

a: I'm leaving at {time} today, school play.
b: Go! What's the role?
a: Third tree from the left.
b> A classic. Break a branch! [😂 🌳]

a: The tests pass on my machine.
b: Then let's ship your machine. [😂]
a> OK OK, I'm looking at it.
a: It was the time zone. It is always the time zone.
`)
