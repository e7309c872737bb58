// What the guidance asks a worker to consider, as it stands there.

export interface Question {
  readonly id: string
  readonly text: string
  readonly hint?: string
}

/** To understand and establish significant harm (BEX-34). */
export const HARM_CONSIDERATIONS: readonly Question[] = [
  { id: 'context', text: 'The family context' },
  {
    id: 'development',
    text: 'The child’s development, within their family and their wider social and cultural environment',
  },
  {
    id: 'special-needs',
    text: 'Any special needs',
    hint: 'Such as a medical condition, communication difficulty or disability that may affect the child’s development and care',
  },
  {
    id: 'nature',
    text: 'The nature of the harm',
    hint: 'Ill-treatment, or failure to provide adequate care. Seeing or hearing the ill-treatment of another counts',
  },
  { id: 'impact', text: 'The impact on the child’s health and development' },
  { id: 'care', text: 'The adequacy of parental care' },
]

/** Protect people from harm (BEX-33): for personal and sensitive information. */
export const PROTECT_QUESTIONS: readonly Question[] = [
  {
    id: 'evidence',
    text: 'Is there evidence that a person is suffering, or is at risk of suffering, significant harm?',
  },
  {
    id: 'belief',
    text: 'Is there reason to believe that a person is suffering, or is at risk of suffering, significant harm?',
  },
  { id: 'prevents', text: 'Will sharing the information prevent significant harm to that person?' },
  { id: 'others', text: 'Will sharing the information prevent other people or the public from experiencing harm?' },
]

/** Prevent crime and disorder (BEX-35): for personal information. */
export const CRIME_QUESTIONS: readonly Question[] = [
  { id: 'prevents', text: 'Will sharing the information prevent crime and disorder?' },
  { id: 'detects', text: 'Will sharing the information assist in the detection or prosecution of crime and disorder?' },
  { id: 'aim', text: 'Is the sharing you intend proportionate to its aim?' },
]

/** The six words (CUM-4, BEX-6). */
export const SIX_WORDS: readonly Question[] = [
  { id: 'necessary', text: 'Necessary', hint: 'Could the purpose be met without this information?' },
  { id: 'proportionate', text: 'Proportionate', hint: 'Is it no more than the purpose asks for?' },
  { id: 'relevant', text: 'Relevant', hint: 'Does each thing bear on what the recipients have to do?' },
  {
    id: 'accurate',
    text: 'Accurate',
    hint: 'Is it right and up to date, with fact and opinion kept apart? Have you checked it (BEX-54)?',
  },
  { id: 'timely', text: 'Timely', hint: 'Does it reach them while it can still protect?' },
  { id: 'secure', text: 'Secure', hint: 'Does it go by a route that is safe for these people?' },
]

export type Answers = Readonly<Record<string, { readonly answer: 'yes' | 'no' | 'not-known'; readonly facts: string }>>

/** Whether the four answers say that somebody is at risk and that sharing would prevent harm (BEX-33); undefined while any is missing. */
export function protects(answers: Answers | undefined): boolean | undefined {
  if (answers === undefined || PROTECT_QUESTIONS.some(({ id }) => answers[id] === undefined)) return undefined
  const yes = (id: string) => answers[id]?.answer === 'yes'
  return (yes('evidence') || yes('belief')) && (yes('prevents') || yes('others'))
}

/** Whether the three answers say that sharing serves to prevent or detect crime and is proportionate to it (BEX-35). */
export function preventsCrime(answers: Answers | undefined): boolean | undefined {
  if (answers === undefined || CRIME_QUESTIONS.some(({ id }) => answers[id] === undefined)) return undefined
  const yes = (id: string) => answers[id]?.answer === 'yes'
  return (yes('prevents') || yes('detects')) && yes('aim')
}

/** The words of the six that are not answered with yes (CUM-4); all of them while nothing is recorded. */
export const wordsMissing = (answers: Answers | undefined): readonly string[] =>
  SIX_WORDS.filter(({ id }) => answers?.[id]?.answer !== 'yes').map(({ id }) => id)
