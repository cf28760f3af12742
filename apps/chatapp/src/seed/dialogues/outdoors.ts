import { readDialogues } from '../dialogue.ts'

export const outdoors = readDialogues(`
a: Who is in for {hill} on Saturday?
b: Me! [🙌]
c: Me too, if somebody has a seat in the car
a> I have two.
d: Forecast says {weather}.
b: Forecasts also said that last time, and we swam.

a: I'll bring {food}.
b: Then I bring the thermos ☕
c> Last time the thermos was empty at nine.
b: That was research.
a: 😂 [😂]

a: Train at {time} from platform 4. Don't be me, be early.
b: I'll be the one running
c: Platform 4 or 5? => Platform 4, or 5 as the app says?
a> 4. I asked a person.

a: Found my boots. They have been in the cellar since the flood.
b: And?
a: They have a smell. They have a story.
c> Keep the story, buy new ones. [😂 💯]

a: Pictures from {hill}: I'll upload them tonight.
b: The one with the goat first please
c: THE GOAT
a> It's already my background. [🐐]

a: How long is it really? The sign says 12 km.
b: 14. The sign is from an optimist.
c: With the detour to the bakery 16.
a> Then 16.
b: Naturally. [🥐]

a: Knee is fine again, the doctor says slow and flat.
b: That's great news! Let's do the lake then.
a> Slow, flat, and cake. [❤️]

a: Is the hut open in this {weather}?
b: I called. Soup until three.
c: Then we leave at {time} and not a minute later.
b: You say that every time.
c> And every time it is nearly true.

a: Next month somewhere new? I'd propose {hill}.
b: I was there as a child. There's a bridge that sings in the wind.
c: OK now we have to go. [✨]
d: Put me down for it, with tent.
`)
