import { readFileSync } from 'node:fs'
import { checkNhsNumber, checkNino, checkUpn } from '../../../src/scanning/index.ts'
import { type Chance, chance } from '../corpus/random.ts'
import type { Found } from '../score.ts'

/** An invented message; `gold` holds the persons who are named in it. */
export interface Message {
  readonly text: string
  readonly personal: boolean
  readonly gold: readonly Found[]
}

const given =
  'Aisha Tyler Maya Callum Zofia Mohammed Chloe Kian Ebony Jakub Priya Lewis Shanice Oskar Fatima Harley Mei Tobias Amira Dylan Nkechi Reece Ayesha Logan Svetlana Ethan Blessing Connor Ines Kayden Leila Finlay Abdirahman Poppy Rhys Xin Tegan Yusuf Molly Kofi'.split(
    ' ',
  )
const staff =
  'Sarah Dave Helen Imran Judith Paul Bronwen Gary Ngozi Stephen Karen Rashid Lynne Mark Anita Colin Joanna Wendy Tariq Moira'.split(
    ' ',
  )
const adults =
  'Donna Wayne Kasia Darren Samira Lee Tracey Marek Natasha Craig Yvonne Ahmed Kelly Steven Oluwaseun Gemma Piotr Michelle Barry Nadia'.split(
    ' ',
  )
const surnames =
  "Kowalska Begum Whitworth O'Neill Adeyemi Sharples Ramsden Hussain Tunnicliffe Nowak Braithwaite Okafor Entwistle Mahmood Postlethwaite Dziedzic Hargreaves Chowdhury Wilkinson Popescu Baxter McAllister Ferreira Huddleston Singh-Marsh Rowbottom Nguyen Akhtar Fairclough Tattersall".split(
    ' ',
  )
const streets =
  'Mill Lane,Harbour Street,Quay Road,Thornby Close,Victoria Terrace,Chapel Row,Beacon Drive,Fell View,Union Street,Alder Grove'.split(
    ',',
  )
const schools =
  "St Bega's Primary School,Kirkvale Academy,Thornby High School,Harbour Street Infants,Fellside Nursery".split(',')
const upnLetters = 'ABCDEFGHJKLMNPQRTUVWXYZ'
const figures = (by: Chance, pattern: string): string => pattern.replace(/#/g, () => String(by.below(10)))

function fitting(make: () => string, fits: (made: string) => boolean): string {
  for (let turn = 0; turn < 5000; turn++) {
    const made = make()
    if (fits(made)) return made
  }
  throw new Error('Nothing fits.')
}

function slot(name: string, by: Chance): { text: string; person?: true } {
  switch (name) {
    case 'child':
      return { text: by.pick(given), person: true }
    case 'childl':
      return { text: by.pick(given).toLowerCase(), person: true }
    case 'adult':
      return { text: by.pick(adults), person: true }
    case 'staff':
      return { text: by.pick(staff), person: true }
    case 'staffl':
      return { text: by.pick(staff).toLowerCase(), person: true }
    case 'sur':
      return { text: by.pick(surnames), person: true }
    case 'surl':
      return { text: by.pick(surnames).toLowerCase(), person: true }
    case 'SUR':
      return { text: by.pick(surnames).toUpperCase(), person: true }
    case 'date':
      return {
        text: by.pick([
          `${1 + by.below(28)}/${1 + by.below(12)}/20${10 + by.below(14)}`,
          `${1 + by.below(28)} ${by.pick(['March', 'June', 'October'])} 20${10 + by.below(14)}`,
          `${1 + by.below(28)}.0${1 + by.below(9)}.20${10 + by.below(14)}`,
        ]),
      }
    case 'age':
      return { text: String(1 + by.below(16)) }
    case 'address':
      return {
        text: `${1 + by.below(140)} ${by.pick(streets)}, Kirkvale${by.odds(0.7) ? ` KV${1 + by.below(9)} ${by.below(10)}${by.pick(['AB', 'XY', 'QT', 'LN'])}` : ''}`,
      }
    case 'school':
      return { text: by.pick(schools) }
    case 'phone':
      return { text: figures(by, by.pick(['01632 960###', '07700 900###', '020 7946 0###'])) }
    case 'nhs':
      return { text: fitting(() => figures(by, '4## ### ####'), checkNhsNumber) }
    case 'nino':
      return {
        text: fitting(
          () => `${by.pick([...'ABCEGHJK'])}${by.pick([...'ABCEGHJK'])}${figures(by, '######')}${by.pick([...'ABCD'])}`,
          checkNino,
        ),
      }
    case 'upn': {
      const tail = figures(by, '############')
      return { text: [...upnLetters].map((letter) => letter + tail).find(checkUpn)! }
    }
    default:
      throw new Error(`No such slot: ${name}`)
  }
}

/** Each template of messages/<name>.txt filled `turns` times. A first name and a surname side by side are one person. */
export function messages(name: string, personal: boolean, turns: number, seed: number): Message[] {
  const by = chance(seed)
  const templates = readFileSync(new URL(`./${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  return templates.flatMap((template) =>
    Array.from({ length: turns }, () => {
      const chosen = template
        .replace(/\(([^()]*\|[^()]*)\)/g, (_, inner: string) => by.pick(inner.split('|')))
        .replaceAll('[nl]', '\n')
      let text = ''
      const gold: { type: string; start: number; end: number }[] = []
      for (const part of chosen.split(/(\{\w+\})/)) {
        const made = /^\{\w+\}$/.test(part) ? slot(part.slice(1, -1), by) : { text: part }
        const before = gold[gold.length - 1]
        if (made.person && before && before.end === text.length - 1 && text.endsWith(' '))
          before.end = text.length + made.text.length
        else if (made.person) gold.push({ type: 'PERSON', start: text.length, end: text.length + made.text.length })
        text += made.text
      }
      return { text, personal, gold }
    }),
  )
}
