export interface Persona {
  username: string
  displayName: string
  bio: string
}

/** Everybody in the demo has this one, so that it can be tried as any of them. */
export const DEMO_PASSWORD = 'a demo for everyone'

export const people: Persona[] = [
  { username: 'amelie', displayName: 'Amélie Laurent', bio: 'Design. Draws before she talks.' },
  { username: 'bruno', displayName: 'Bruno Costa', bio: 'Runs the Lisbon office and its coffee.' },
  { username: 'chidi', displayName: 'Chidi Okafor', bio: 'Backend. Measures first.' },
  { username: 'dana', displayName: 'Dana Weiss', bio: 'Produkt. Fragt „warum?“ bis es stimmt.' },
  { username: 'elif', displayName: 'Elif Yılmaz', bio: 'Support. Has seen that error before.' },
  { username: 'freya', displayName: 'Freya Lindqvist', bio: 'Mobile. Always near a mountain.' },
  { username: 'goran', displayName: 'Goran Petrović', bio: 'Operations. Asleep or on call.' },
  { username: 'hana', displayName: 'Hana Sato 佐藤', bio: 'Data. 質問はいつでもどうぞ。' },
  { username: 'ines', displayName: 'Inês Almeida', bio: 'People and culture. Books the boat.' },
  { username: 'jonas', displayName: 'Jonas Brandt', bio: 'Frontend. Baut Tastaturen.' },
  { username: 'kavya', displayName: 'Kavya Iyer', bio: 'Security. Yes, that link too.' },
  { username: 'leo', displayName: 'Léo Martin', bio: 'Sales. Never far from a train.' },
]
