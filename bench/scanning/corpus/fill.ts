import type { Pools } from './pools.ts'
import type { Chance } from './random.ts'

export type Tag = 'PERSON' | 'LOCATION' | 'ORGANISATION' | 'ADDRESS'
export interface Labelled {
  readonly text: string
  readonly spans: readonly { readonly start: number; readonly end: number; readonly tag: Tag }[]
}
type Piece = readonly [text: string, tag?: Tag]

const jobs = [
  'teacher',
  'nurse',
  'lawyer',
  'Systems administrator',
  'engineer',
  'Benefits manager',
  'driver',
  'publicist',
  'civil drafter',
  'surgeon',
  'Booth cashier',
  'accountant',
  'dairy scientist',
  'architect',
  'Telephone repairer',
]
const titledJobs = [
  'Social Worker',
  'Team Manager',
  'Health Visitor',
  'Head Teacher',
  'Designated Safeguarding Lead',
  'Senior Practitioner',
  'School Nurse',
  'Director',
  'Vice President',
  'Business Support Officer',
  'Solicitor',
  'Sales Manager',
  'IT Support',
]
const titles = [
  'Mr',
  'Mrs',
  'Ms',
  'Miss',
  'Dr',
  'Mr.',
  'Mrs.',
  'Ms.',
  'Dr.',
  'Prof',
  'Sir',
  'Cllr',
  'PC',
  'Sgt',
  'Rev',
  'mr',
  'mrs',
  'MR',
  'DC',
  'Judge',
  'Professor',
  'Captain',
]
const relations = [
  'Mum',
  'mum',
  'Dad',
  'dad',
  'Nan',
  'nan',
  'Gran',
  'uncle',
  'Uncle',
  'aunt',
  'Auntie',
  'stepdad',
  'partner',
  'brother',
  'sister',
  'father',
  'mother',
  'grandmother',
  'boyfriend',
  'cousin',
  'foster carer',
  'husband',
  'wife',
  'son',
  'daughter',
]
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
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday', 'Mon', 'Tues', 'Fri']
const industries = [
  'Solutions',
  'Systems',
  'Technologies',
  'Foods',
  'Motors',
  'Energy',
  'Health',
  'Insights',
  'Logistics',
  'Media',
  'Analytics',
  'Data',
  'Labs',
  'Capital',
  'Pharma',
  'Airlines',
  'Homes',
  'Networks',
]
const brands = [
  'Microsoft',
  'Google',
  'Enron',
  'Tesco',
  'Barclays',
  'Amazon',
  'Apple',
  'BBC',
  'NASA',
  'UN',
  'FBI',
  'CIA',
  'Samsung',
  'Sony',
  'Ford',
  'IBM',
  'NATO',
  'Greenpeace',
  'Oxfam',
  "Barnardo's",
  'NSPCC',
  "Sainsbury's",
  'Al Qaeda',
  'Congress',
  'Facebook',
  'Fedex',
]
const nouns = [
  'Blue',
  'Bright',
  'Open',
  'Green',
  'Data',
  'Pixel',
  'Cloud',
  'River',
  'Stone',
  'Smart',
  'Next',
  'Fast',
  'Net',
  'Bio',
  'Geo',
  'Medi',
  'Civic',
  'Solar',
  'Quick',
  'Spark',
]
const schoolKinds = [
  'Primary School',
  'Academy',
  'High School',
  'Infant School',
  'Junior School',
  'Nursery',
  'C of E Primary School',
  'Community College',
  'Grammar School',
  'School',
  'Catholic Primary',
  'Special School',
  'Secondary School',
  'Pre-School',
]
const bodyKinds = [
  'Council',
  'Police',
  'County Council',
  'Hospital',
  'General Hospital',
  'Surgery',
  'Medical Centre',
  'Health Centre',
  "Children's Services",
  'Constabulary',
  'Social Services',
  'Housing Association',
  'NHS Trust',
  'Youth Offending Team',
  'Borough Council',
  'Community Trust',
  'Citizens Advice',
]
const subjects = [
  'Contract',
  'Meeting tomorrow',
  'Draft agreement',
  'Lunch',
  'Schedule',
  'Holiday',
  'Agenda',
  'Referral',
  'Confidential',
  'Minutes',
  'Invoice',
]

const pad = (value: number): string => String(value).padStart(2, '0')
const figures = (by: Chance, pattern: string): string => pattern.replace(/#/g, () => String(by.below(10)))

export function dateOf(by: Chance): string {
  const day = 1 + by.below(28)
  const month = 1 + by.below(12)
  const year = 1935 + by.below(90)
  const name = months[month - 1]!
  return by.pick([
    `${pad(day)}/${pad(month)}/${year}`,
    `${day}/${month}/${year}`,
    `${day} ${name} ${year}`,
    `${day}th ${name.slice(0, 3)} ${year}`,
    `${name} ${day}, ${year}`,
    `${year}-${pad(month)}-${pad(day)}`,
    `${pad(day)}.${pad(month)}.${year}`,
    `${day} ${name}`,
    `${pad(day)}/${pad(month)}/${String(year).slice(2)}`,
    `${year}-${pad(month)}-${pad(day)} ${pad(by.below(24))}:${pad(by.below(60))}:00`,
  ])
}

export function phoneOf(by: Chance): string {
  return figures(
    by,
    by.pick([
      '01### ######',
      '07### ######',
      '020 7### ####',
      '+44 1### ######',
      '###-###-####',
      '(###) ###-####',
      '01### ### ###',
      '+1-###-###-####',
      '0### ## ## ##',
      '##-##-##-##',
    ]),
  )
}

const postcodeOf = (by: Chance): string =>
  `${by.pick(['KV', 'LA', 'CA', 'M', 'B', 'LS', 'DA', 'SE', 'BH', 'NW'])}${1 + by.below(20)} ${by.below(10)}${by.pick(['AB', 'XY', 'QT', 'LN', 'DR', 'HE'])}`

/** A person's name as people write it. */
export function fullName(pools: Pools, by: Chance): string {
  const given = pools.given(by)
  const sur = pools.surname(by)
  const way = by.next()
  if (way < 0.72) return `${given} ${sur}`
  if (way < 0.79) return `${given} ${String.fromCharCode(65 + by.below(26))}${by.odds(0.7) ? '.' : ''} ${sur}`
  if (way < 0.84) return `${given} ${pools.given(by)} ${sur}`
  if (way < 0.88) return `${given} ${sur}-${pools.surname(by)}`
  if (way < 0.92)
    return `${given} ${by.pick(['van der', 'de', 'von', 'van', 'di', 'al', 'El', 'bin', 'da', 'De La', 'dos', 'Mac'])} ${sur}`
  if (way < 0.94) return `${given} ${by.pick(["O'", 'Mc', 'Mac', "D'", 'Al-', 'Ben-'])}${sur}`
  if (way < 0.96) return `${given[0]}. ${sur}`
  if (way < 0.98) return `${given}-${pools.given(by)} ${sur}`
  return `${given} ${sur} ${pools.surname(by)}`
}

function organisation(pools: Pools, by: Chance): string {
  const sur = pools.surname(by)
  return by.pick([
    () => by.pick(brands),
    () => `${sur} ${by.pick(industries)}`,
    () => `${sur} ${by.pick(['Ltd', 'Ltd.', 'Inc', 'Inc.', 'plc', 'Group', 'and Sons', 'LLC', 'GmbH', '& Co'])}`,
    () => `${sur}, ${pools.surname(by)} and ${pools.surname(by)}`,
    () => `${sur}-${pools.surname(by)}`,
    () =>
      `${by.pick(nouns)}${by.pick(['soft', 'ware', 'net', 'tech', 'ify', 'zoom', 'scope', 'logic', 'works', ' Space', 'lytics'])}`,
    () => `${by.pick(nouns)} ${by.pick(industries)}`,
    () => `${by.pick(nouns)} ${by.pick(nouns)} ${by.pick(industries)}${by.odds(0.3) ? ' Inc.' : ''}`,
    () => `University of ${pools.city(by)}`,
    () =>
      `${pools.city(by)} ${by.pick(['University', 'Chamber of Commerce', 'United', 'Times', 'Hotel', 'Bank', 'Museum'])}`,
    () => `The ${sur} ${by.pick(['Foundation', 'Trust', 'Centre', 'Report', 'Institute'])}`,
    () =>
      `${by.pick(['Department', 'Ministry', 'Office', 'Institute', 'Bureau'])} of ${by.pick(['Health', 'Justice', 'Education', 'Trade', 'Better Technology', 'Defence'])}`,
  ])()
}

function address(pools: Pools, by: Chance, gap: string): string {
  const flat = by.odds(0.2)
    ? `${by.pick(['Flat', 'Apt', 'Unit', 'Room', 'Flat No.'])} ${1 + by.below(90)}${by.odds(0.3) ? 'B' : ''}${gap}`
    : ''
  const house = by.odds(0.12)
    ? `${pools.surname(by)} ${by.pick(['House', 'Cottage', 'Farm', 'Court', 'Lodge'])}${gap}`
    : ''
  const number = house ? '' : `${1 + by.below(220)}${by.odds(0.07) ? by.pick(['a', 'b', 'A', '-3']) : ''} `
  const last = by.odds(0.85) ? `${by.odds(0.6) ? ' ' : gap}${postcodeOf(by)}` : ''
  return `${flat}${house}${number}${pools.street(by)}${gap}${by.odds(0.12) ? `${pools.ukTown(by)}${gap}` : ''}${pools.ukTown(by)}${last}`
}

const states = [
  'AL',
  'AK',
  'CA',
  'CO',
  'NY',
  'TX',
  'IL',
  'NSW',
  'VIC',
  'ON',
  'QC',
  'WA',
  'BZ',
  'FL',
  'MB',
  'LA',
  'GA',
  'QLD',
]

function foreignAddress(pools: Pools, by: Chance): string {
  const suite = by.odds(0.5) ? ` ${by.pick(['Suite', 'Apt.', 'Unit', 'Apartment'])} ${figures(by, '###')}` : ''
  const street = by.odds(0.6) ? pools.foreignStreet(by) : pools.street(by)
  const zip = figures(by, '#####')
  return by.pick([
    () => `${1 + by.below(99)} ${street}${suite}\n${pools.city(by)}\n, ${by.pick(states)}\n ${zip}`,
    () => `${1 + by.below(99)} ${street}${suite}\n${pools.city(by)}, ${by.pick(states)} ${zip}`,
    () => `${1 + by.below(99)} ${street}${suite} ${pools.city(by)} ${by.pick(states)} ${zip}`,
    () => `${1 + by.below(99)} ${street}\n${suite ? `${suite}\n ` : ''}${pools.city(by)}\n ${pools.country(by)} ${zip}`,
    () => `${1 + by.below(99)} ${street}${suite}, ${pools.city(by)}, ${pools.country(by)} ${zip}`,
    () => `${pools.foreignStreet(by)}${suite}, ${pools.city(by)}`,
    () => `PSC ${figures(by, '####')}, Box ${figures(by, '####')}\nAPO AP ${zip}`,
    () =>
      `${by.pick(['Unit', 'USS', 'USNS'])} ${by.odds(0.5) ? pools.surname(by) : figures(by, '####')}\n${by.pick(['FPO', 'DPO', 'APO'])} ${by.pick(['AP', 'AE', 'AA'])} ${zip}`,
    () => `P.O. Box ${by.below(9000)}, ${pools.city(by)}`,
  ])()
}

function slot(name: string, pools: Pools, by: Chance): Piece[] {
  const person = (text: string): Piece[] => [[text, 'PERSON']]
  switch (name) {
    case 'full':
      return person(fullName(pools, by))
    case 'given':
      return person(pools.given(by))
    case 'givenl':
      return person(pools.given(by).toLowerCase())
    case 'sur':
      return person(pools.surname(by))
    case 'surup':
      return person(pools.surname(by).toUpperCase())
    case 'any':
      return by.odds(0.15)
        ? slot('titled', pools, by)
        : person(by.odds(0.45) ? fullName(pools, by) : by.odds(0.6) ? pools.given(by) : pools.surname(by))
    case 'person':
      return by.odds(0.5) ? slot('titled', pools, by) : person(fullName(pools, by))
    case 'titled':
      return [[`${by.pick(titles)} `], [by.odds(0.6) ? pools.surname(by) : fullName(pools, by), 'PERSON']]
    case 'init':
      return [[by.pick(['J.S.', 'AB', 'K.M.', 'T.', 'RJ', 'child A', 'Child B', 'L.P'])]]
    case 'rel':
      return [[by.pick(relations)]]
    case 'city':
      return [[pools.city(by), 'LOCATION']]
    case 'uktown':
      return [[pools.ukTown(by), 'LOCATION']]
    case 'country':
    case 'county':
      return [[pools.country(by), 'LOCATION']]
    case 'place':
      return [[by.odds(0.5) ? pools.city(by) : pools.country(by), 'LOCATION']]
    case 'street':
      return [[by.odds(0.75) ? pools.street(by) : pools.foreignStreet(by), 'ADDRESS']]
    case 'housestreet':
      return [[`${1 + by.below(200)} ${by.odds(0.7) ? pools.street(by) : pools.foreignStreet(by)}`, 'ADDRESS']]
    case 'addr':
      return [[address(pools, by, ', '), 'ADDRESS']]
    case 'addrl':
      return [[address(pools, by, ' ').toLowerCase(), 'ADDRESS']]
    case 'addrml':
      return by.odds(0.5) ? [[address(pools, by, '\n'), 'ADDRESS']] : [[foreignAddress(pools, by), 'ADDRESS']]
    case 'addrany':
      return by.odds(0.5) ? [[address(pools, by, ', '), 'ADDRESS']] : [[foreignAddress(pools, by), 'ADDRESS']]
    case 'org':
      return [[organisation(pools, by), 'ORGANISATION']]
    case 'school':
      return [
        [
          `${by.pick([() => pools.ukTown(by), () => `St ${pools.given(by)}'s`, () => by.pick(['Hillside', 'Oakfield', 'Meadow Lane', 'Park View', 'Riverside', 'Kingsway', 'Beech Hill'])])()} ${by.pick(schoolKinds)}`,
          'ORGANISATION',
        ],
      ]
    case 'body':
      return [[`${by.odds(0.8) ? pools.ukTown(by) : pools.surname(by)} ${by.pick(bodyKinds)}`, 'ORGANISATION']]
    case 'nat':
      return [[pools.nationality(by)]]
    case 'job':
      return [[by.pick(jobs)]]
    case 'jobt':
      return [[by.pick(titledJobs)]]
    case 'date':
      return [[dateOf(by)]]
    case 'born':
    case 'born2':
    case 'year':
      return [[String(1900 + by.below(125))]]
    case 'month':
      return [[by.pick(months)]]
    case 'weekday':
      return [[by.pick(weekdays)]]
    case 'time':
      return [[by.pick(['10am', '2.30pm', '14:00', "9 o'clock", 'noon'])]]
    case 'age':
      return [
        [
          by.pick([
            `aged ${1 + by.below(17)}`,
            `${1 + by.below(17)}yo`,
            `${1 + by.below(17)} years old`,
            `${1 + by.below(17)}`,
          ]),
        ],
      ]
    case 'phone':
      return [[phoneOf(by)]]
    case 'email':
      return [
        [
          `${pools.given(by)}.${pools.surname(by)}@${by.pick(['example.org', 'kirkvale.gov.uk', 'mail.com'])}`
            .toLowerCase()
            .replace(/[^a-z.@]/g, ''),
        ],
      ]
    case 'url':
      return [[`www.${by.pick(nouns).toLowerCase()}${by.pick(['.co.uk', '.com', '.org'])}`]]
    case 'nhs':
      return [[figures(by, '943 ### ####')]]
    case 'ref':
      return [[figures(by, by.pick(['LCS ######', '######', 'IAS ####', 'KV/##/####', 'CRM-#####']))]]
    case 'num':
      return [[figures(by, by.pick(['#######', '### ### ####', 'A############', '####-##-####']))]]
    case 'num3':
      return [[figures(by, '###')]]
    case 'number2':
      return [[String(2 + by.below(60))]]
    case 'digit':
      return [[String(1 + by.below(14))]]
    case 'card':
      return [[figures(by, '45##############')]]
    case 'subject':
      return [[by.pick(subjects)]]
    default:
      throw new Error(`No such slot: ${name}`)
  }
}

/** Fills one template: chooses among (a|b), fills {slots}, and says where each name stands. */
export function fill(template: string, pools: Pools, by: Chance): Labelled {
  let chosen = template
  for (let round = 0; round < 40 && /\([^()]*\|[^()]*\)/.test(chosen); round++)
    chosen = chosen.replace(/\(([^()]*\|[^()]*)\)/, (_, inner: string) => by.pick(inner.split('|')))
  const pieces: Piece[] = []
  for (const part of chosen.replaceAll('[nl]', '\n').split(/(\{\w+\})/)) {
    if (/^\{\w+\}$/.test(part)) pieces.push(...slot(part.slice(1, -1), pools, by))
    else if (part) pieces.push([part])
  }
  return join(pieces)
}

export function join(pieces: readonly Piece[]): Labelled {
  let text = ''
  const spans: { start: number; end: number; tag: Tag }[] = []
  for (const [piece, tag] of pieces) {
    if (tag) spans.push({ start: text.length, end: text.length + piece.length, tag })
    text += piece
  }
  return { text, spans }
}

/** The same text as people write it in a hurry: lower case, capitals, or a slip in a name or another word. Lengths stay. */
export function disturb(clean: Labelled, by: Chance): Labelled {
  const sample = by.odds(0.25) ? slip(clean, by) : clean
  const way = by.next()
  if (way < 0.1 && sample.text.toLowerCase().length === sample.text.length)
    return { ...sample, text: sample.text.toLowerCase() }
  if (way < 0.15 && sample.text.toUpperCase().length === sample.text.length)
    return { ...sample, text: sample.text.toUpperCase() }
  if (way < 0.19) {
    let text = sample.text
    for (const span of sample.spans) {
      const inner = text.slice(span.start, span.end)
      const changed = by.odds(0.5) ? inner.toUpperCase() : inner.toLowerCase()
      if (changed.length === inner.length) text = text.slice(0, span.start) + changed + text.slice(span.end)
    }
    return { ...sample, text }
  }
  if (way < 0.23) {
    let text = sample.text
    for (const span of sample.spans)
      if (span.tag === 'PERSON' && span.end - span.start > 4) {
        const at = span.start + 1 + by.below(span.end - span.start - 3)
        if (text[at] !== ' ' && text[at + 1] !== ' ')
          text = text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
      }
    return { ...sample, text }
  }
  return sample
}

/** Two letters changed places, or one doubled for another, in some words that are no names. */
function slip(sample: Labelled, by: Chance): Labelled {
  const text = sample.text.replace(/[a-z]{4,}/g, (word, at: number) => {
    if (
      !by.odds(0.15) ||
      sample.spans.some((span) => span.start < at + word.length && at < span.end) ||
      sample.text[at - 1] === '@'
    )
      return word
    const spot = 1 + by.below(word.length - 2)
    return by.odds(0.5)
      ? word.slice(0, spot) + word[spot + 1] + word[spot] + word.slice(spot + 2)
      : word.slice(0, spot) + by.pick([...'aeiounrst']) + word.slice(spot + 1)
  })
  return { ...sample, text }
}
