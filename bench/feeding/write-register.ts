import { closeSync, openSync, writeSync } from 'node:fs'
import { people } from '../people/population.ts'
import { chanceFrom } from '../people/random.ts'
import { record } from '../people/records.ts'

const HEADER =
  'local_id,given_name,family_name,aliases,date_of_birth,year_of_birth,sex,address,postcode,nhs_number,relationships,registrations,referrals,key_worker,updated'
const CATEGORIES = ['NEG', 'PHY', 'SAB', 'EMO', 'MUL']

/** One authority's register as our CSV, of so many invented persons with the errors of everyday records: about 200 bytes a line. */
export function writeRegister(file: string, rows: number, seed: number): void {
  const chance = chanceFrom(seed)
  const open = openSync(file, 'w')
  let lines = [`${HEADER}\n`]
  let written = 0
  for (const person of people(seed)) {
    const one = record(person, chance)
    const year = 2015 + chance.below(10)
    const whole = /^\d{4}-\d\d-\d\d$/.test(one.born)
    lines.push(
      `${[
        `K-${written}`,
        [one.given, one.middle].filter((part) => part !== '').join(' '),
        one.family,
        one.alias,
        whole ? one.born : '',
        whole ? '' : one.born.slice(0, 4),
        /^[FM]$/i.test(one.sex) ? one.sex : '',
        [one.address, one.town].filter((part) => part !== '').join(', '),
        one.postcode,
        one.nhs,
        one.mother === '' ? '' : `mother: M-${written} ${one.mother.replaceAll(/[;:]/g, ' ')}`,
        chance.next() < 0.3 ? `${CATEGORIES[chance.below(5)]} ${year}-03-04 to ${year + 1}-02-01` : '',
        `${year}-01-15 school`,
        'Invented Worker',
        '2026-11-01T08:00:00Z',
      ]
        .map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(',')}\n`,
    )
    written += 1
    if (lines.length >= 20_000 || written === rows) {
      writeSync(open, lines.join(''))
      lines = []
    }
    if (written === rows) break
  }
  closeSync(open)
}
