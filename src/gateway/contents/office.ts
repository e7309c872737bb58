/** Documents that are zips of XML: Word, Excel, PowerPoint and OpenDocument. Every part with text is looked through. */
import { anyText } from '../reading/charset.ts'
import { markupText } from './markup.ts'
import { dateStyles, sharedStrings, sheetText } from './sheet.ts'
import { inflateRaw } from './unpack.ts'
import type { Work } from './work.ts'
import type { Zip, ZipEntry } from './zip.ts'

/** The document's type when the zip is one, else undefined. */
export function officeType(zip: Zip): string | undefined {
  const names = new Set(zip.entries.map((entry) => entry.name.toLowerCase()))
  if (names.has('[content_types].xml')) {
    for (const [folder, kind] of [
      ['word/', 'wordprocessingml.document'],
      ['xl/', 'spreadsheetml.sheet'],
      ['ppt/', 'presentationml.presentation'],
    ] as const)
      if ([...names].some((name) => name.startsWith(folder)))
        return `application/vnd.openxmlformats-officedocument.${kind}`
    return 'application/vnd.openxmlformats-package'
  }
  if (names.has('mimetype') && names.has('content.xml')) {
    const mimetype = zip.entries.find((entry) => entry.name === 'mimetype')!
    const type = mimetype.method === 0 ? mimetype.data.toString('latin1').trim() : ''
    return /^application\/vnd\.oasis\.opendocument\.[a-z-]+$/.test(type)
      ? type
      : 'application/vnd.oasis.opendocument.text'
  }
  return undefined
}

/** Parts that hold formats and never words of a person. */
const formats =
  /(?:^|\/)(?:styles|stylesWithEffects|theme\d*|fontTable|numbering|settings|webSettings|tableStyles|presProps|viewProps|calcChain|webextension[^/]*)\.xml$|\[Content_Types\]\.xml$|^_rels\/\.rels$|\.(?:bin\.rels|odttf|ttf)$/i

const titles: readonly (readonly [RegExp, string])[] = [
  [/docProps\/|(^|\/)meta\.xml$/i, 'properties'],
  [/comments|threadedcomment|people|persons\//i, 'comments'],
  [/header\d*\.xml$/i, 'header'],
  [/footer\d*\.xml$/i, 'footer'],
  [/(foot|end)notes\.xml$/i, 'notes'],
  [/notesSlides?\//i, 'speaker-notes'],
  [/slides\//i, 'slides'],
  [/pivotCache/i, 'pivot-cache'],
  [/_rels\//i, 'links'],
  [/customXml\//i, 'custom-data'],
  [/externalLinks/i, 'external-links'],
]

export type LookInside = (bytes: Buffer, name: string, part: string, depth: number) => void

export function readOffice(work: Work, zip: Zip, part: string, depth: number, look: LookInside): void {
  const open = (entry: ZipEntry): Buffer | undefined => {
    if (entry.method === 0) return entry.data
    return entry.method === 8 ? inflateRaw(work, entry.data) : undefined
  }
  const find = (name: string) => {
    const entry = zip.entries.find((one) => one.name.toLowerCase() === name)
    const bytes = entry === undefined ? undefined : open(entry)
    return bytes === undefined ? '' : work.markup(part, anyText(bytes))
  }
  const workbook = zip.entries.some((entry) => /^xl\/worksheets\//i.test(entry.name))
  const strings = workbook ? sharedStrings(find('xl/sharedstrings.xml')) : []
  const dates = workbook ? dateStyles(find('xl/styles.xml')) : new Set<number>()

  for (const entry of zip.entries) {
    if (entry.directory || entry.name === 'mimetype') continue
    work.spendEntry()
    if (entry.comment !== '') work.text(`${part}/comment`, entry.comment)
    if (formats.test(entry.name) || /^xl\/sharedStrings\.xml$/i.test(entry.name)) continue
    if (/vbaProject\.bin$/i.test(entry.name)) {
      work.unread('macros', part, 'holds macros')
      continue
    }
    const bytes = open(entry)
    if (bytes === undefined) {
      work.unsafe('broken-entry', part, 'one of its parts cannot be unpacked')
      continue
    }
    if (!/\.(xml|rels|vml)$/i.test(entry.name)) {
      look(bytes, entry.name.split('/').at(-1)!, `${part}/${entry.name}`, depth + 1)
      continue
    }
    const text = work.markup(part, anyText(bytes))
    const title = titles.find(([pattern]) => pattern.test(entry.name))?.[1]
    const place = title === undefined ? part : `${part}/${title}`
    if (/^xl\/worksheets\/[^/]+\.xml$/i.test(entry.name))
      work.text(`${part}/${entry.name.replace(/^.*\/|\.xml$/gi, '')}`, sheetText(text, strings, dates))
    else if (title === 'links') work.text(place, externalTargets(text))
    else if (/^(word\/document|content)\.xml$/i.test(entry.name)) readDocument(work, part, text)
    else {
      const { text: shown, aside } = markupText(text, true)
      work.text(place, title === 'comments' || title === 'properties' ? `${aside}\n${shown}` : shown)
      if (/workbook\.xml$/i.test(entry.name))
        work.text(
          `${part}/sheet-names`,
          [...text.matchAll(/<(?:sheet|definedName)\b[^>]{0,400}?\bname="([^"]{1,300})"/g)]
            .map((match) => match[1])
            .join('\n'),
        )
    }
  }
}

/** The body, and apart from it what somebody deleted with changes tracked, and who changed what. */
function readDocument(work: Work, part: string, xml: string): void {
  const deleted = [...xml.matchAll(/<w:delText[^>]{0,100}>([^<]{1,10000})</g)].map((match) => match[1]).join(' ')
  const authors = new Set([...xml.matchAll(/\bw:author="([^"]{1,200})"/g)].map((match) => match[1]!))
  const { text } = markupText(
    deleted === '' ? xml : xml.replace(/<w:delText[^>]{0,100}>[^<]{0,10000}</g, '<w:delText><'),
    true,
  )
  const { text: deletedText } = markupText(deleted, 'words')
  work.text(part, text)
  work.text(`${part}/tracked-changes`, [deletedText, ...authors].join('\n'))
  const instructions = [...xml.matchAll(/\b(?:descr|title|w:tooltip)="([^"]{1,2000})"/g)]
    .map((match) => match[1]!)
    .join('\n')
  work.text(`${part}/picture-descriptions`, markupText(instructions).text)
}

function externalTargets(rels: string): string {
  return [...rels.matchAll(/<Relationship\b[^>]{0,2000}>/g)]
    .map((match) => match[0])
    .filter((tag) => /TargetMode="External"/i.test(tag))
    .map((tag) => /\bTarget="([^"]{1,1500})"/.exec(tag)?.[1] ?? '')
    .map((target) => target.replace(/%20/g, ' '))
    .join('\n')
}
