// The same invented children in every format, so that one suite can say the same sentences of every feed.
import type { Feed } from './feed.ts'
import { feeds } from './index.ts'
import { zipOf } from './zip.fixture.ts'

/** A child as the samples write it; every part as it stands in the file, right or wrong. */
export interface Child {
  readonly id: string
  readonly born?: string
  readonly sex?: string
  readonly upn?: string
  /** When a plan or a period of being looked after began, and ended. */
  readonly from?: string
  readonly to?: string
  /** Category of abuse, or legal status. */
  readonly code?: string
}

export interface Sample {
  readonly name: string
  readonly feed: Feed
  readonly fileName: string
  /** Its lines or the parts of it can be told apart as text. */
  readonly text: boolean
  readonly carriesUpn: boolean
  /** A code that the format does not know. */
  readonly wrongCode: string
  readonly rightCode: string
  make(children: readonly Child[], whose?: string): Buffer
}

const feedOf = (format: string): Feed => feeds.find((one) => one.format === format)!
const slashed = (day: string | undefined): string =>
  day === undefined ? '' : /^\d{4}-\d\d-\d\d$/.test(day) ? day.split('-').reverse().join('/') : day
const csvOf = (rows: readonly (readonly (string | undefined)[])[]): Buffer =>
  Buffer.from(rows.map((row) => `${row.map((cell) => cell ?? '').join(',')}\n`).join(''))

export const CODE = '971'

export const samples: readonly Sample[] = [
  {
    name: 'Safehaven CSV',
    feed: feedOf('csv'),
    fileName: 'register.csv',
    text: true,
    carriesUpn: true,
    wrongCode: 'ZZZ',
    rightCode: 'NEG',
    make: (children, whose = CODE) =>
      csvOf([
        ['local_id', 'authority', 'given_name', 'date_of_birth', 'sex', 'upn', 'registrations', 'updated'],
        ...children.map((one) => [
          one.id,
          whose,
          'Ada',
          one.born,
          one.sex,
          one.upn,
          one.from === undefined
            ? one.code
            : `${one.code ?? 'NEG'} ${one.from}${one.to === undefined ? '' : ` to ${one.to}`}`,
          '2026-11-01T08:00:00Z',
        ]),
      ]),
  },
  {
    name: 'children in need census',
    feed: feedOf('cin'),
    fileName: 'cin.xml',
    text: true,
    carriesUpn: true,
    wrongCode: 'ZZZ',
    rightCode: 'NEG',
    make: (children, whose = CODE) => census({ children, whose }),
  },
  {
    name: 'SSDA903 table (CSV)',
    feed: feedOf('cla'),
    fileName: 'episodes.csv',
    text: true,
    carriesUpn: true,
    wrongCode: 'Z9',
    rightCode: 'C2',
    make: (children) =>
      csvOf([
        ['CHILD', 'DOB', 'SEX', 'UPN', 'DECOM', 'LS', 'DEC', 'REC'],
        ...children.map((one) => [
          one.id,
          slashed(one.born),
          one.sex,
          one.upn,
          slashed(one.from ?? '2024-01-01'),
          one.code ?? 'C2',
          slashed(one.to),
          'X1',
        ]),
      ]),
  },
  {
    name: 'SSDA903 return (XML)',
    feed: feedOf('cla'),
    fileName: 'ssda903.xml',
    text: true,
    carriesUpn: true,
    wrongCode: 'Z9',
    rightCode: 'C2',
    make: (children) =>
      Buffer.from(
        `<?xml version="1.0" encoding="UTF-8"?>\n<EXPSSDA903>\n${children
          .map(
            (one) =>
              `<CHILD><HEADER><CHILDID>${one.id}</CHILDID>${tag('SEX', one.sex)}${tag('DOB', slashed(one.born))}${tag('UPN', one.upn)}</HEADER>
<EPISODE>${tag('DECOM', slashed(one.from ?? '2024-01-01'))}${tag('LS', one.code ?? 'C2')}${tag('DEC', slashed(one.to))}</EPISODE></CHILD>\n`,
          )
          .join('')}</EXPSSDA903>\n`,
      ),
  },
  {
    name: 'Annex A workbook',
    feed: feedOf('annex-a'),
    fileName: 'annex-a.xlsx',
    text: false,
    carriesUpn: false,
    wrongCode: 'x) Unheard of',
    rightCode: 'a) Neglect',
    make: (children) =>
      workbook({
        'List 7': [
          [
            'Child Unique ID',
            'Gender',
            'Date of Birth',
            'Child Protection Plan Start Date',
            'Initial Category of Abuse',
            'Latest Category of Abuse',
            'Child Protection Plan End Date',
          ],
          ...children.map((one) => [
            one.id,
            one.sex === undefined ? '' : ({ F: 'b) Female', M: 'a) Male' }[one.sex] ?? one.sex),
            slashed(one.born),
            slashed(one.from ?? '2024-01-01'),
            one.code ?? 'a) Neglect',
            one.code ?? 'a) Neglect',
            slashed(one.to),
          ]),
        ],
      }),
  },
]

const tag = (name: string, text: string | undefined): string =>
  text === undefined || text === '' ? '' : `<${name}>${text}</${name}>`

/** A census with these children; `inside` is put into each child's social-care spell. */
export function census(parts: {
  readonly children: readonly Child[]
  readonly whose?: string
  readonly year?: string
  readonly made?: string
  readonly inside?: string
}): Buffer {
  const { children, whose = CODE, year = '2026', made = '2026-10-01T09:00:00', inside = '' } = parts
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<Message><Header><CollectionDetails><Collection>CIN</Collection>${tag('Year', year)}<ReferenceDate>${Number(year) || 2026}-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>${whose}</LEA><DateTime>${made}</DateTime></Source></Header>
<Children>
${children
  .map(
    (
      one,
    ) => `<Child><ChildIdentifiers>${tag('LAchildID', one.id)}${tag('UPN', one.upn)}${tag('PersonBirthDate', one.born)}${Number(year) < 2025 ? tag('GenderCurrent', { F: '2', M: '1' }[one.sex ?? ''] ?? one.sex) : tag('Sex', one.sex)}</ChildIdentifiers>
<CINdetails><CINreferralDate>2024-01-01</CINreferralDate>${inside}<ChildProtectionPlans>${tag('CPPstartDate', one.from ?? '2024-01-01')}${tag('CPPendDate', one.to)}${tag('InitialCategoryOfAbuse', one.code ?? 'NEG')}${tag('LatestCategoryOfAbuse', one.code ?? 'NEG')}</ChildProtectionPlans></CINdetails></Child>\n`,
  )
  .join('')}</Children></Message>\n`)
}

const escapedXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** An Excel workbook of these sheets, every cell a text. */
export function workbook(
  sheets: Readonly<Record<string, readonly (readonly string[])[]>>,
  more: Readonly<Record<string, string | Buffer>> = {},
): Buffer {
  const names = Object.keys(sheets)
  return zipOf({ ...workbookParts(sheets, names), ...more })
}

function workbookParts(
  sheets: Readonly<Record<string, readonly (readonly string[])[]>>,
  names: readonly string[],
): Record<string, string> {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return {
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names.map((name, at) => `<sheet name="${escapedXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
    ...Object.fromEntries(
      names.map((name, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${sheets[name]!.map((row, y) => `<row r="${y + 1}">${row.map((cell, x) => (cell === '' ? '' : `<c r="${String.fromCharCode(65 + x)}${y + 1}" t="inlineStr"><is><t>${escapedXml(cell)}</t></is></c>`)).join('')}</row>`).join('')}</sheetData></worksheet>`,
      ]),
    ),
  }
}
