import { command, type Io, UsageError } from '../../cli/index.ts'

export const check = command({
  name: 'register check',
  summary: 'asks the linked registers about a child, and answers what that user may see',
  audit: 'register.check-command',
  needs: 'house',
  options: {
    known: {
      value: 'FILE',
      summary:
        'what is known of the child as JSON, such as {"name": …, "born": …}, from a file or - for standard input. What is typed as an option stands in the list of processes and in the history of the shell; this does not',
    },
    name: { value: 'NAME', summary: 'a name or part of one' },
    born: { value: 'DATE', summary: 'YYYY-MM-DD, YYYY-MM or YYYY' },
    age: { value: 'YEARS', summary: 'in place of a birthday' },
    postcode: { value: 'POSTCODE', summary: 'now or formerly' },
    nhs: { value: 'NUMBER', summary: 'NHS number, also a superseded one' },
    upn: { value: 'NUMBER', summary: 'unique pupil number' },
    parent: { value: 'NAME', summary: 'mother, father or carer' },
    school: { value: 'NAME', summary: 'the school' },
    as: { value: 'USER', summary: 'the sign-in name of the user who asks; in a batch also the column as' },
    reason: { value: 'PURPOSE', summary: 'such as section-47 or register-check; in a batch also the column reason' },
    ground: { value: 'GROUND', summary: 'relied on where there is no consent' },
    consent: { value: 'STATE', summary: 'given, refused or not-sought' },
    risk: { value: 'RISK', summary: 'none, significant-harm or imminent-harm' },
    need: { value: 'WORDS', summary: 'why the user needs to know', default: 'stated on the command line' },
    batch: {
      value: 'FILE.csv',
      summary: 'many persons: columns id, name or given_name and family_name, date_of_birth, postcode, nhs_number …',
    },
    out: { value: 'FILE.csv', summary: 'where the answers of a batch go' },
  },
  async run(io, given, { house }) {
    const { askAs } = await import('./ask-as.ts')
    const stated = {
      as: given.as,
      reason: given.reason,
      ground: given.ground,
      consent: given.consent,
      risk: given.risk,
      need: given.need,
    }
    if (given.batch !== undefined) {
      if (given.out === undefined) throw new UsageError('--batch needs --out FILE.csv for the answers.')
      const { checkBatch } = await import('./check-batch.ts')
      return checkBatch(io, given.batch, given.out, stated, (known, own, rows) => askAs(house, own, known, rows))
    }
    const { wordsFor } = await import('../words-for.ts')
    const typed = {
      name: given.name,
      born: given.born,
      age: given.age === undefined ? undefined : Number(given.age),
      postcode: given.postcode,
      nhsNumber: given.nhs,
      upn: given.upn,
      parent: given.parent,
      school: given.school,
    }
    const known = given.known === undefined ? typed : await knownIn(io, given.known, typed)
    const answer = await askAs(house, stated, known)
    if (typeof answer === 'string') {
      io.warn(answer)
      return 1
    }
    await io.answer(answer, () => wordsFor(answer))
    return 0
  },
})

/** What is known as JSON, in which nothing stands that is typed as an option too: one of them would be passed over. */
async function knownIn(io: Io, file: string, typed: Readonly<Record<string, unknown>>): Promise<object> {
  if (Object.values(typed).some((one) => one !== undefined))
    throw new UsageError('--known says all that is known of the child; leave out the other options that do.')
  const text = await io.read(file)
  try {
    const known: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (typeof known === 'object' && known !== null && !Array.isArray(known)) return known
  } catch {
    // The text itself is not repeated: it is about a child.
  }
  throw new UsageError('What --known names is no JSON object, such as {"name": "Ada Okafor", "born": "2015-03-09"}.')
}
