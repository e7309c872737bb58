/** A PDF: the words of its pages, forms, notes, bookmarks and properties, and the files attached to it. */
import { utf8 } from '../../reading/charset.ts'
import { markupText } from '../markup.ts'
import type { LookInside } from '../office.ts'
import type { Protection } from '../types.ts'
import type { Work } from '../work.ts'
import { decodeStream, type PdfFile, type PdfObject, readPdfFile, resolve } from './file.ts'
import { type Font, fontOf } from './fonts.ts'
import { pageText } from './page-text.ts'
import { type Dictionary, isDictionary, isName, isReference, isText, type Value } from './values.ts'

const largest = 20 * 1024 * 1024
const noFont: Value = { word: 'none' }

/** Text goes to `work`; the answer says whether it is protected. */
export function readPdf(work: Work, bytes: Buffer, part: string, depth: number, look: LookInside): Protection {
  if (bytes.length > largest) {
    work.unread('pdf-large', part, 'is larger than is looked through')
    return false
  }
  const file = readPdfFile(work, bytes)
  if (file === undefined) {
    work.unsafe('pdf-objects', part, 'it holds more objects than this gateway takes')
    return false
  }
  if (file.trailers.some((trailer) => trailer.has('Encrypt'))) {
    // A PDF can be encrypted and still open without a password, so the lock is not relied on.
    work.unread('protected', part, 'is locked, or limits what may be done with it')
    return 'weak'
  }
  const seen = readPages(work, file, part)
  const strings = [...gatherStrings(file)].join('\n')
  work.text(`${part}/properties`, strings)
  readOtherStreams(work, file, part, depth, look)
  if (seen.codes > 0 && seen.unknown * 5 > seen.codes)
    work.unread('pdf-fonts', part, 'uses letters that only its own fonts can show')
  else if (seen.codes === 0 && file.objects.some((object) => kind(object.value, 'Subtype') === 'Image'))
    work.unread('scanned', part, 'holds pictures of pages and no words')
  else if (seen.unread) work.unread('pdf-streams', part, 'has pages that cannot be unpacked')
  return false
}

const kind = (value: Value | undefined, key: string): string => {
  const found = isDictionary(value) ? value.get(key) : undefined
  return isName(found) ? found.name : ''
}

function readPages(work: Work, file: PdfFile, part: string): { codes: number; unknown: number; unread: boolean } {
  const total = { codes: 0, unknown: 0, unread: false }
  const fonts = new Map<Value, Font>()
  const done = new Set<PdfObject>()
  const otherwise = anyResources(file)
  let page = 0
  const read = (commands: Buffer, resources: Value | undefined, place: string) => {
    const named = resolve(file, isDictionary(resources) ? resources.get('Font') : undefined)
    const result = pageText(work.markup(place, commands.toString('latin1')), (name) => {
      const value: Value = (isDictionary(named) ? named.get(name) : undefined) ?? noFont
      const key = isReference(value) ? (file.byNumber.get(value.ref)?.value ?? value) : value
      const known = fonts.get(key) ?? fontOf(work, file, value)
      fonts.set(key, known)
      return known
    })
    total.codes += result.codes
    total.unknown += result.unknown
    work.text(place, result.text)
  }
  for (const object of file.objects) {
    if (!isDictionary(object.value)) continue
    if (kind(object.value, 'Type') === 'Page') {
      page++
      const contents = object.value.get('Contents')
      const references = isReference(contents) ? [contents] : []
      const list = resolve(file, contents)
      const pieces: Buffer[] = []
      for (const one of Array.isArray(list) ? (list as readonly Value[]) : references) {
        const stream = isReference(one) ? file.byNumber.get(one.ref) : undefined
        if (stream === undefined) continue
        done.add(stream)
        const bytes = decodeStream(work, stream)
        if (bytes === undefined) total.unread = true
        else pieces.push(bytes, Buffer.from('\n'))
      }
      read(Buffer.concat(pieces), inherited(file, object.value, 'Resources') ?? otherwise, `${part}/page-${page}`)
    }
  }
  // Forms, patterns, appearances, and pages' commands that no page names any longer.
  for (const object of file.objects) {
    if (object.stream === undefined || done.has(object) || !isDictionary(object.value)) continue
    const subtype = kind(object.value, 'Subtype')
    const type = kind(object.value, 'Type')
    if (
      subtype === 'Image' ||
      /^(XRef|ObjStm|Metadata|EmbeddedFile|CMap)$/.test(type) ||
      /^(Type1C|CIDFontType0C|OpenType|XML)$/.test(subtype) ||
      object.value.has('Length1') ||
      object.value.has('FunctionType')
    )
      continue
    const bytes = decodeStream(work, object)
    if (
      bytes === undefined ||
      !/\bT[jJ]\b/.test(bytes.toString('latin1', 0, 1_000_000)) ||
      bytes.includes('beginbfchar')
    )
      continue
    read(bytes, resolve(file, object.value.get('Resources')) ?? otherwise, `${part}/forms`)
  }
  return total
}

function inherited(file: PdfFile, page: Dictionary, key: string): Value | undefined {
  let at: Value | undefined = page
  for (let hops = 0; hops < 20 && isDictionary(at); hops++) {
    const own = at.get(key)
    if (own !== undefined) return resolve(file, own)
    at = resolve(file, at.get('Parent'))
  }
  return undefined
}

function anyResources(file: PdfFile): Value | undefined {
  for (const object of file.objects)
    if (isDictionary(object.value) && object.value.has('Resources')) return resolve(file, object.value.get('Resources'))
  return undefined
}

const binary = new Set([
  'ID',
  'U',
  'O',
  'UE',
  'OE',
  'Perms',
  'CheckSum',
  'Cert',
  'Lookup',
  'Panose',
  'Style',
  'ByteRange',
  'Registry',
  'Ordering',
  'CIDSet',
])

/** Every string of every object: properties, notes, form fields, bookmarks, links, names of attached files. */
function gatherStrings(file: PdfFile): Set<string> {
  const found = new Set<string>()
  const walk = (value: Value, depth: number): void => {
    if (depth > 30 || found.size > 20_000) return
    if (isText(value)) {
      const text = pdfText(value.bytes).trim()
      if (text.length > 1 && !/[\0-\x08\x0e-\x1f]/.test(text)) found.add(text)
    } else if (Array.isArray(value)) for (const item of value as readonly Value[]) walk(item, depth + 1)
    else if (isDictionary(value))
      for (const [key, inner] of value)
        if (!binary.has(key) && !(key === 'Contents' && value.has('ByteRange'))) walk(inner, depth + 1)
  }
  for (const object of file.objects) walk(object.value, 0)
  for (const trailer of file.trailers) walk(trailer, 0)
  return found
}

function pdfText(bytes: string): string {
  if (bytes.startsWith('\xfe\xff'))
    return Buffer.from(bytes.slice(2, 2 + ((bytes.length - 2) & ~1)), 'latin1')
      .swap16()
      .toString('utf16le')
  if (bytes.startsWith('\xef\xbb\xbf')) return utf8(Buffer.from(bytes.slice(3), 'latin1')) ?? bytes
  // D:20240131… is a date of the program, not of a person.
  return /^D:\d{8}/.test(bytes) ? '' : bytes
}

function readOtherStreams(work: Work, file: PdfFile, part: string, depth: number, look: LookInside): void {
  for (const object of file.objects) {
    if (object.stream === undefined || !isDictionary(object.value)) continue
    const type = kind(object.value, 'Type')
    if (type === 'Metadata' || kind(object.value, 'Subtype') === 'XML') {
      const xml = decodeStream(work, object)?.toString('utf8') ?? ''
      work.text(`${part}/properties`, markupText(xml).text)
    } else if (type === 'EmbeddedFile') {
      const bytes = decodeStream(work, object)
      if (bytes === undefined) work.unread('pdf-attachment', part, 'has a file attached to it that cannot be unpacked')
      else look(bytes, `attached-${object.number}`, `${part}/attached-${object.number}`, depth + 1)
    }
  }
  if (
    file.objects.some(
      (object) => isDictionary(object.value) && (object.value.has('XFA') || kind(object.value, 'S') === 'JavaScript'),
    )
  )
    work.unread('pdf-active', part, 'holds a programme or a dynamic form')
}
