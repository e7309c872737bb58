import type { Known } from '../answer.ts'
import type { CheckForm } from './typed-check.ts'

type Retyped = Partial<Record<keyof CheckForm, string>>

/** What an earlier question was about, as the form of a check holds it: the other way of `typedCheck`. */
export function retyped({ aliases, born, age, given, family, name, nhsNumber, ...known }: Known): Retyped {
  const [year, month, day] = born?.split('-') ?? []
  const called = name ?? [given, family].filter((part) => part !== undefined).join(' ')
  const all = {
    ...known,
    name: called === '' ? undefined : called,
    otherNames: aliases?.join(', '),
    'born-year': year,
    'born-month': month === undefined ? undefined : String(Number(month)),
    'born-day': day === undefined ? undefined : String(Number(day)),
    age: age === undefined ? undefined : String(age),
    nhsNumber,
  }
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== undefined))
}
