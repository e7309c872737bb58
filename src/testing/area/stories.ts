import type { Item, Purpose } from '../../protocols/index.ts'
import type { Draft } from '../../sharing/index.ts'
import type { CastName } from '../cast.ts'

/** A piece of work in the invented area, as its worker wrote it down. `minutes` before now it was begun. */
export interface Story {
  readonly worker: CastName
  readonly form?: 'police-report'
  readonly minutes: number
  readonly child: { readonly name: string; readonly age: number }
  readonly mother?: { readonly name: string; readonly age: number }
  readonly risk: 'none' | 'significant-harm' | 'imminent-harm'
  readonly purpose: Purpose
  readonly worry: string
  readonly words: Partial<Record<Item, string>>
  /** Names in the directory. */
  readonly to: readonly string[]
  readonly need: string
  readonly rag?: 'red' | 'amber' | 'green'
  readonly notice?: string
  readonly more?: Partial<Draft>
}

const bruises: Story = {
  worker: 'alice',
  minutes: 95,
  child: { name: 'Rowan Tansley', age: 7 },
  mother: { name: 'Gemma Tansley', age: 29 },
  risk: 'significant-harm',
  purpose: 'section-47',
  worry:
    'Rowan came to school with bruises on both upper arms and would not say how. His teacher heard him tell a friend that Craig grabs him.',
  words: {
    concern: 'Bruises on both arms that look like fingers; Rowan is frightened of his mother’s partner.',
    'incident-detail':
      'Seen on Tuesday at 9.10 by his class teacher: four round bruises on each upper arm, blue. He told a friend: “Craig grabs me when mum is out.”',
  },
  to: ['Sinéad Doyle'],
  need: 'Joint investigation with us under section 47',
}

/** Work of every kind: what each shows is said where it is sown. */
export const STORIES = {
  sent: bruises,
  begun: {
    ...bruises,
    minutes: 12,
    child: { name: 'Leila Marsden', age: 3 },
    risk: 'none',
    purpose: 'section-17',
    to: [],
    words: {},
    worry: 'Health visitor says Leila has lost weight and the family has no cooker.',
  },
  held: {
    ...bruises,
    minutes: 400,
    child: { name: 'Callum Preston', age: 11 },
    mother: { name: 'Joanne Preston', age: 38 },
    risk: 'none',
    purpose: 'section-17',
    worry: 'Callum looks after his mother, who has been unwell since the spring, and misses school.',
    words: {
      concern: 'Callum cares for his mother and misses a day a week of school.',
      health: 'His mother has relapsing multiple sclerosis.',
    },
    to: ['Una Gallagher'],
    need: 'Could support a young carer at school',
  },
  advice: {
    ...bruises,
    minutes: 250,
    child: { name: 'Jade Holroyd', age: 15 },
    mother: { name: 'Tracey Holroyd', age: 41 },
    risk: 'none',
    purpose: 'education-support',
    worry:
      'Jade has told me about her relationship and asked me not to tell anyone. Her school wants to know why she is tired.',
    words: { education: 'Jade is finding school hard and would like to talk to someone she trusts.' },
    to: ['Hetal Desai'],
    need: 'Plans her support at school',
  },
  authorise: {
    ...bruises,
    minutes: 180,
    child: { name: 'Noah Sutcliffe', age: 5 },
    mother: { name: 'Lauren Sutcliffe', age: 27 },
    risk: 'none',
    purpose: 'care-plan',
    worry: 'The plan for Noah needs his landlord to repair the damp.',
    words: { concern: 'Noah’s room is damp and his asthma is worse for it.' },
    to: ['Tom Greenwood'],
    need: 'Decides about repairs and rehousing',
  },
  notShared: {
    ...bruises,
    minutes: 1_500,
    child: { name: 'Ellie Brook', age: 9 },
    risk: 'none',
    purpose: 'general',
    worry: 'A neighbour asks whether we know the family next door.',
    words: { concern: 'Whether the family is known to us.' },
    to: ['Tom Greenwood'],
    need: 'Asked on behalf of a tenant',
  },
  overdue: {
    ...bruises,
    worker: 'martha',
    minutes: 3_060,
    child: { name: 'Amir Dar', age: 8 },
    mother: { name: 'Nasreen Dar', age: 33 },
    risk: 'imminent-harm',
    worry: 'Amir says his father is coming to take him abroad tonight and he is afraid.',
    words: { concern: 'He says he is to be taken abroad tonight against his mother’s will.' },
    to: ['Grace Okafor'],
    need: 'Decides at the hub',
  },
} as const satisfies Record<string, Story>

const seen = (
  child: Story['child'],
  minutes: number,
  rag: Story['rag'] & string,
  notice: string,
  happened: string,
  concern: string,
): Story => ({
  worker: 'piotr',
  form: 'police-report',
  minutes,
  child,
  risk: rag === 'green' ? 'none' : 'significant-harm',
  purpose: 'ctn-report',
  rag,
  notice,
  worry: happened,
  words: { 'incident-detail': happened, concern },
  to: ['Grace Okafor'],
  need: 'Screens reports for the hub',
})

/** Reports of children who came to police notice, for the intake of Kirkvale’s hub. */
export const REPORTS: readonly Story[] = [
  seen(
    { name: 'Tyler Beck', age: 6 },
    300,
    'red',
    'Domestic abuse in the household',
    'Called by neighbours at 23.40. Tyler was behind the sofa while his mother was being hit; he was not hurt.',
    'Third call to the address this year.',
  ),
  seen(
    { name: 'Mia Greaves', age: 14 },
    220,
    'amber',
    'Missing, or found',
    'Found at the bus station at 2 in the morning with a man of about 30 who ran off.',
    'She had a new telephone and would not say who gave it to her.',
  ),
  seen(
    { name: 'Oskar Wrona', age: 10 },
    160,
    'green',
    'Victim or witness of crime',
    'His bicycle was taken by older boys in the park.',
    'Frightened to go to the park; parents supportive.',
  ),
  seen(
    { name: 'Hana Aziz', age: 2 },
    45,
    'red',
    'Neglect or poor conditions',
    'Found alone in a flat with no heating. Her mother came back after 40 minutes.',
    'No food in the flat; the mother seemed to have been drinking.',
  ),
  seen(
    { name: 'Ben Lister', age: 16 },
    20,
    'amber',
    'Mental health or self-harm',
    'On the motorway bridge, talked down by a passer-by.',
    'Says he will try again. Taken to hospital.',
  ),
]
