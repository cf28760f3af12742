import { readDialogues } from '../dialogue.ts'

export const work = readDialogues(`
a: Morning! Staging is green again 🎉 [🎉 🙌]
b> Finally. What was it?
a: A cache that never expired. My fault, I set it in spring. [😅]
c: It happens to all of us on a {day}.

a: Who is looking at the report from {customer}?
b: I am. They can't open {part} on the train.
c> On the train as in "no network"?
b: As in a network that comes and goes every ten seconds.
a: Then it's the retry. I'll write a test that cuts the line. [👍]
b> You're the best

a: Numbers from last night: p99 is down by {percent} %. [🚀 👏]
b: Wow. Which of the changes was it?
a> The batching. I wouldn't have believed it without the graph.
d: Can you show that on {day}?
a: Sure, {time}?
d: Perfect.

a: I'd like to move the review to {day} {time}. Objections?
b: Fine with me
c: Could we do it half an hour later? => Could we do it an hour later? School run.
a> Done, the invitation is on its way. [❤️]

a: Small design question: when a message fails, do we keep it in place or move it to the end?
b: Keep it in place. People remember where they wrote it.
c: +1 for in place, with a clear "try again". [👍]
a: Good, that's also the simpler one.

a: Has anybody seen the failing test in {part}?
b: Flaky or failing?
a> Failing every time since {time}.
b: Ah. That's mine, the fix is in review.
c: Reviewed. Nice catch with the time zone. [🙏]

a: {customer} asks whether they may host it in their own rooms.
b: Yes! That is the whole point :)
a: I told them one command. They didn't believe me.
c> Send them the one command.
a: They are up and running. It took {number} seconds. [🎉 😂]

a: Reminder: we freeze on {day}.
b: Is {part} in or out?
c: In, if the last two reviews come today.
b> I'll do both after lunch.
a: Thank you 🙏

a: Heads-up: certificates for the demo host end on {day}.
b: Renewed. I also wrote down how, so next time it isn't me at {time} in the night. [👏 🙏]

a: What do we call the thing that remembers how far I've read?
b: Cursor
c: Bookmark?
d: Cursor. It's in the glossary since {day}.
a> Cursor it is.

a: I looked through {number} support tickets.
b: And?
a: Two thirds are about finding old messages. So: search first.
c> That matches what {customer} says.
d: Then let's plan it properly on {day}. [👍]

a: Careful with links to "chatapp-login.example" – somebody is phishing with it.
b: Reported and blocked at our side.
a> Thanks, that was quick. [🛡️]
c: Should we write to all customers?
a: Draft is ready, please have a look before {time}.

a: Disk on the build machine is at 9{number}%. Joke. It's at 93 %.
b: 😂 I'll remove old images.
b: Freed {number} GB.
a> ❤️

a: Pairing on {part} at {time}, anyone?
b: Me!
c: I'd listen in, if that's OK
a> Of course, more eyes are better.

a: The screen reader now says who wrote each message. Try it, it feels completely different. [👏 ❤️]
b: That's lovely. How does it read edited ones?
a: "Edited", after the time. Short enough not to annoy.
c> We should film this for the release notes.

a: One more idea for {part}: what if we did less?
b: I'm listening.
a: Drop the second dialog. Nobody used it in {number} sessions.
c: Deleted code is the best code. [💯]

a: Deploying in five minutes.
b: 👀
a: Done. Nobody was disconnected for longer than two seconds.
c> I didn't even notice.
b: That's how it should be. [🎉]
`)
