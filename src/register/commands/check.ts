import { command, UsageError } from '../../cli/index.ts'

export const check = command({
  name: 'register check',
  summary: 'asks the linked registers about a child, and answers what that user may see',
  audit: 'register.check-command',
  needs: 'house',
  options: {
    name: { value: 'NAME', summary: 'a name or part of one' },
    born: { value: 'DATE', summary: 'YYYY-MM-DD, YYYY-MM or YYYY' },
    age: { value: 'YEARS', summary: 'in place of a birthday' },
    postcode: { value: 'POSTCODE', summary: 'now or formerly' },
    nhs: { value: 'NUMBER', summary: 'NHS number, also a superseded one' },
    upn: { value: 'NUMBER', summary: 'unique pupil number' },
    parent: { value: 'NAME', summary: 'mother, father or carer' },
    school: { value: 'NAME', summary: 'the school' },
    as: { value: 'USER', summary: 'the sign-in name of the user who asks', required: true },
    reason: { value: 'PURPOSE', summary: 'such as section-47 or register-check', required: true },
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
    const { actIn } = await import('../../platform/index.ts')
    const { actorFor, userByName } = await import('../../people/index.ts')
    const { GROUNDS, PURPOSES } = await import('../../protocols/index.ts')
    const { checkSchema } = await import('../answer.ts')
    const { checkChild } = await import('../check-child.ts')
    const { system } = await import('../../platform/index.ts')
    const person = await house.database.transaction(system, (tx) => userByName(tx, given.as))
    if (person === undefined || person.closedAt !== undefined)
      throw new UsageError(`There is no user ${given.as}. See: safehaven user list`)
    if (!(PURPOSES as readonly string[]).includes(given.reason))
      throw new UsageError(`--reason is one of ${PURPOSES.join(', ')}.`)
    if (given.ground !== undefined && !(GROUNDS as readonly string[]).includes(given.ground))
      throw new UsageError(`--ground is one of ${GROUNDS.join(', ')}.`)
    const actor = actorFor(person)
    if (!actor.permissions.has('register.check')) {
      io.warn(
        `${person.name} may not ask the registers: none of their roles includes it, or their training or terms are missing.`,
      )
      return 1
    }
    const why = {
      purpose: given.reason,
      consent: given.consent,
      // WY-35: a register check by an authorised person is itself a ground.
      ground:
        given.ground ??
        (given.reason === 'register-check' && given.consent === undefined ? 'register-check' : undefined),
      risk: given.risk,
      needToKnow: given.need,
      proportionate: true,
    }
    const ask = (known: object) => {
      const parsed = checkSchema.safeParse(JSON.parse(JSON.stringify({ ...why, known })))
      if (!parsed.success) {
        const issue = parsed.error.issues[0]!
        throw new UsageError(`${issue.path.join('.')}: ${issue.message}`)
      }
      return actIn(house, { actor, act: 'register.checked' }, (ctx) => checkChild(ctx, parsed.data))
    }
    if (given.batch !== undefined) {
      if (given.out === undefined) throw new UsageError('--batch needs --out FILE.csv for the answers.')
      const { checkBatch } = await import('./check-batch.ts')
      return checkBatch(io, given.batch, given.out, ask)
    }
    const { wordsFor } = await import('../words-for.ts')
    const answer = await ask({
      name: given.name,
      born: given.born,
      age: given.age === undefined ? undefined : Number(given.age),
      postcode: given.postcode,
      nhsNumber: given.nhs,
      upn: given.upn,
      parent: given.parent,
      school: given.school,
    })
    await io.answer(answer, () => wordsFor(answer))
    return 0
  },
})
