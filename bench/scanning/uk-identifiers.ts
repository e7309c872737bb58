import { checkNhsNumber, checkNino, checkUpn } from '../../src/scanning/index.ts'
import { type Chance, chance } from './corpus/random.ts'
import type { Found } from './score.ts'

/** A sentence with UK identifiers, and with figures that are none. */
export interface Sample {
  readonly text: string
  readonly gold: readonly Found[]
}

export const ukTypes = ['NHS_NUMBER', 'UPN', 'NINO', 'POSTCODE', 'PHONE', 'DATE'] as const
type UkType = (typeof ukTypes)[number]

const figures = (by: Chance, pattern: string): string => pattern.replace(/#/g, () => String(by.below(10)))
const upnLetters = 'ABCDEFGHJKLMNPQRTUVWXYZ'
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const pad = (value: number): string => String(value).padStart(2, '0')

function until(make: () => string, fits: (made: string) => boolean): string {
  for (let turn = 0; turn < 10_000; turn++) {
    const made = make()
    if (fits(made)) return made
  }
  throw new Error('Nothing fits.')
}

function nhsNumber(by: Chance): string {
  const bare = until(() => by.pick(['4', '6', '7']) + figures(by, '#########'), checkNhsNumber)
  return by.pick([
    bare,
    `${bare.slice(0, 3)} ${bare.slice(3, 6)} ${bare.slice(6)}`,
    `${bare.slice(0, 3)}-${bare.slice(3, 6)}-${bare.slice(6)}`,
  ])
}

function upn(by: Chance): string {
  const tail = figures(by, '###########') + (by.odds(0.9) ? figures(by, '#') : by.pick([...upnLetters]))
  const made = [...upnLetters].map((letter) => letter + tail).find(checkUpn)!
  return by.odds(0.1) ? made.toLowerCase() : made
}

function nino(by: Chance): string {
  const letters = 'ABCEGHJKLMNPRSTWXYZ'
  const bare = until(
    () => by.pick([...letters]) + by.pick([...letters]) + figures(by, '######') + by.pick([...'ABCD']),
    checkNino,
  )
  return by.pick([
    bare,
    bare.replace(/^(..)(..)(..)(..)(.)$/, '$1 $2 $3 $4 $5'),
    bare.toLowerCase(),
    bare.replace(/^(..)(.{6})(.)$/, '$1 $2 $3'),
  ])
}

function postcode(by: Chance): string {
  const area = by.pick([
    'CA',
    'LA',
    'M',
    'B',
    'LS',
    'DA',
    'SE',
    'BH',
    'NW',
    'G',
    'EH',
    'CF',
    'BT',
    'E',
    'KV',
    'WF',
    'HX',
    'N',
  ])
  const district = by.pick([figures(by, '#'), `1${figures(by, '#')}`])
  const made = `${area}${district === '0' ? '1' : district} ${figures(by, '#')}${by.pick([...'ABDEFGHJLNPQRSTUWXYZ'])}${by.pick([...'ABDEFGHJLNPQRSTUWXYZ'])}`
  const special = by.pick(['SW1A 1AA', 'EC1A 1BB', 'W1A 0AX', 'GIR 0AA'])
  return by.pick([
    made,
    made,
    made,
    by.odds(0.3) ? special.replace('GIR 0AA', 'E1W 3SS') : made,
    made.toLowerCase(),
    made.replace(' ', ''),
  ])
}

function phone(by: Chance): string {
  return figures(
    by,
    by
      .pick([
        '07### ######',
        '07### ### ###',
        '07#########',
        '01### ######',
        '01### ### ###',
        '(01###) ######',
        '020 7### ####',
        '020 8### ####',
        '0121 ### ####',
        '0113 ### ####',
        '+44 7### ######',
        '+44 20 7### ####',
        '+44 (0)1### ######',
        '0044 7### ######',
        '0800 ### ####',
        '0300 ### ####',
        '0845 ### ####',
        '07###-######',
        '01### ###### ext 12',
      ])
      .replace(/01#/, '015')
      .replace(/07#/, '077'),
  )
}

function date(by: Chance): string {
  const day = 1 + by.below(28)
  const month = 1 + by.below(12)
  const year = 1950 + by.below(75)
  const name = months[month - 1]!
  const th =
    day % 10 === 1 && day !== 11
      ? 'st'
      : day % 10 === 2 && day !== 12
        ? 'nd'
        : day % 10 === 3 && day !== 13
          ? 'rd'
          : 'th'
  return by.pick([
    `${pad(day)}/${pad(month)}/${year}`,
    `${day}/${month}/${year}`,
    `${pad(day)}/${pad(month)}/${pad(year % 100)}`,
    `${pad(day)}.${pad(month)}.${year}`,
    `${pad(day)}-${pad(month)}-${year}`,
    `${day} ${name} ${year}`,
    `${day}${th} ${name} ${year}`,
    `${day}${th} of ${name} ${year}`,
    `${day} ${name.slice(0, 3)} ${year}`,
    `${day} ${name}`,
    `${day}${th} ${name}`,
    `${day}-${name.slice(0, 3)}-${pad(year % 100)}`,
    `${day} ${name.slice(0, 3).toLowerCase()} ${year}`,
  ])
}

const make: Readonly<Record<UkType, (by: Chance) => string>> = {
  NHS_NUMBER: nhsNumber,
  UPN: upn,
  NINO: nino,
  POSTCODE: postcode,
  PHONE: phone,
  DATE: date,
}

/** Figures that are no identifier, among them some a digit away from one. */
const decoys: readonly ((by: Chance) => string)[] = [
  (by) => `order ${figures(by, '1#########')}`,
  (by) => `invoice no. ${figures(by, '########')}`,
  (by) =>
    until(
      () => figures(by, '4## ### ####'),
      (made) => !checkNhsNumber(made),
    ),
  (by) =>
    until(
      () => `${by.pick([...upnLetters])}${figures(by, '############')}`,
      (made) => !checkUpn(made),
    ),
  (by) => `${by.pick(['BG', 'QQ', 'DA', 'FI', 'UZ'])}${figures(by, '######')}${by.pick([...'EFGH'])}`,
  (by) => `£${figures(by, '##,###.##')}`,
  (by) => `version ${figures(by, '#.#.##')}`,
  (by) => `${figures(by, '##')}%`,
  (by) => `${1 + by.below(12)}:${pad(by.below(60))}`,
  () => '24/7',
  (by) => `${by.below(9) + 1}/${by.below(9) + 1} of them`,
  (by) => `section ${figures(by, '##')}(${figures(by, '#')})`,
  (by) => `page ${figures(by, '##')}-${figures(by, '###')}`,
  (by) => `room ${by.pick(['A', 'B', 'C'])}${figures(by, '##')}`,
  (by) => `ISBN ${figures(by, '0#########')}`,
  (by) => `in ${1990 + by.below(30)}/${figures(by, '##')}`,
  (by) => `${35 + by.below(60)}/${20 + by.below(70)}/${1990 + by.below(30)}`,
  (by) => `${figures(by, '1#,###')} children`,
  (by) => `the A${figures(by, '##')}`,
  (by) => `year ${1 + by.below(11)}`,
  (by) => `ticket ${figures(by, '#####-###')}`,
  () => 'you may 2 or 3 times',
  (by) => `case ${figures(by, '######')}`,
  (by) => `${figures(by, '#')} ${figures(by, '##')} ${figures(by, '###')}`,
]

const openings = [
  'Please note',
  'Further to your message,',
  'She gave',
  'We hold',
  'On file:',
  'Record shows',
  'He confirmed',
  'The form says',
  'Can you check',
  '-',
  'Details:',
  'I have',
  'for info',
  'Also',
]
const labels: Readonly<Record<UkType, readonly string[]>> = {
  NHS_NUMBER: ['NHS number ', 'NHS no: ', 'NHS No. ', '', '', 'nhs '],
  UPN: ['UPN ', 'UPN: ', '', 'upn is '],
  NINO: ['NI number ', 'NINO: ', '', 'National Insurance '],
  POSTCODE: ['postcode ', 'at ', '', 'Kirkvale ', '14 Mill Lane, Kirkvale, '],
  PHONE: ['tel ', 'Tel: ', 'mobile ', 'on ', '', 'phone number is '],
  DATE: ['on ', 'dob ', 'DOB: ', 'born ', 'since ', '', 'dated '],
}

/** `count` sentences from one seed, each with one to three identifiers and up to two figures that are none. */
export function ukSamples(count: number, seed: number): Sample[] {
  const by = chance(seed)
  return Array.from({ length: count }, () => {
    let text = by.pick(openings)
    const gold: Found[] = []
    const parts = [
      ...Array.from({ length: 1 + by.below(3) }, () => true),
      ...Array.from({ length: by.below(3) }, () => false),
    ].sort(() => by.next() - 0.5)
    parts.forEach((real, index) => {
      text += index === 0 ? ' ' : by.pick([', ', ' and ', '; ', '. Then ', '\n', ' (see also) '])
      if (!real) {
        text += by.pick(decoys)(by)
        return
      }
      const type = by.pick(ukTypes)
      text += by.pick(labels[type])
      const start = text.length
      text += make[type](by)
      gold.push({ type, start, end: text.length })
    })
    return { text: text + by.pick(['.', '', ' today.', '\n']), gold }
  })
}
