/** Looks into a file and everything in it, by what it is and not by what it is called. */
import { anyText } from '../reading/charset.ts'
import { readMessage } from '../reading/read-message.ts'
import { markupText } from './markup.ts'
import { officeType, readOffice } from './office.ts'
import { readOldOffice, runs } from './old-office.ts'
import { unpackRichText } from './packed-rich-text.ts'
import { readPdf } from './pdf/read-pdf.ts'
import { readPicture } from './picture.ts'
import { richText } from './rich-text.ts'
import { typeOf } from './signature.ts'
import { readTar } from './tape.ts'
import { readTnef } from './tnef.ts'
import type { Contents, Protection } from './types.ts'
import { gunzip, inflateRaw } from './unpack.ts'
import { Exhausted, Work } from './work.ts'
import { hidesZip, readZip } from './zip.ts'

/** `part`: where it stands, such as `attachments/1/minutes.docx`. One `work` for all files of a message. */
export function lookInside(bytes: Buffer, part: string, work: Work = new Work()): Contents {
  let found: Found
  try {
    found = look(work, bytes, part, 0)
  } catch (error) {
    const spent = error instanceof Exhausted
    work.unsafe(spent ? 'beyond-unpacked' : 'unreadable', part, spent ? error.message : 'its inside cannot be followed')
    found = { type: typeOf(bytes), encrypted: false }
  }
  return { ...found, pieces: work.pieces, inside: work.inside, problems: work.problems }
}

interface Found {
  readonly type: string
  readonly encrypted: Protection
}

const archives =
  /^application\/(x-7z-compressed|vnd\.rar|x-bzip2|x-xz|zstd|vnd\.ms-cab-compressed|x-arj|x-lzh-compressed|x-ace|x-iso9660-image)$/

function look(work: Work, bytes: Buffer, part: string, depth: number): Found {
  if (depth > work.limits.depth) throw new Exhausted('files stand inside files, deeper than can be followed')
  const type = typeOf(bytes)
  const inner = (inside: Buffer, name: string, place: string, at: number) => {
    work.spendEntry()
    work.inside.push({ part: place, name, size: inside.length, ...look(work, inside, place, at) })
  }
  const plain: Found = { type, encrypted: false }
  if (type === 'application/zip') return lookIntoZip(work, bytes, part, depth, inner)
  // Embedded packages stand at the end of some compound files, and what Outlook packs is opened; anywhere else it is a file inside a file.
  if (type !== 'application/x-cfb' && type !== 'application/vnd.ms-tnef' && hidesZip(bytes))
    work.unsafe('zip-behind', part, 'a zip is hidden behind what it seems to be')
  if (type === 'application/pdf') return { type, encrypted: readPdf(work, bytes, part, depth, inner) }
  if (type === 'application/x-cfb') return readOldOffice(work, bytes, part, depth, inner)
  if (type === 'application/gzip') {
    const unpacked = gunzip(work, bytes)
    if (unpacked === undefined) work.unsafe('gzip-broken', part, 'it cannot be unpacked')
    else inner(unpacked, unpackedName(part), `${part}/unpacked`, depth + 1)
    return plain
  }
  if (type === 'application/x-tar') {
    const entries = readTar(bytes)
    if (entries === undefined) work.unsafe('tar-broken', part, 'its list of files contradicts itself')
    for (const entry of entries ?? []) inner(entry.bytes, entry.name, `${part}/${entry.name}`, depth + 1)
    return plain
  }
  if (archives.test(type)) {
    // Locked or not cannot be told without opening it, so nothing relies on its lock.
    work.unread('archive', part, 'is an archive of a kind that is not opened here; zip is')
    return plain
  }
  if (type === 'application/pgp-encrypted') {
    work.unread('protected', part, 'is encrypted')
    return { type, encrypted: 'weak' }
  }
  if (type.startsWith('image/') && type !== 'image/svg+xml') readPicture(work, bytes, type, part)
  else if (type === 'text/rtf') readRichText(work, bytes.toString('latin1'), part)
  else if (type === 'text/html' || type === 'image/svg+xml' || type === 'application/xml')
    readMarkup(work, bytes, part, depth, inner)
  else if (type === 'message/rfc822') readInnerMessage(work, bytes, part, depth, inner)
  else if (type === 'application/vnd.ms-tnef') readOutlooks(work, bytes, part, depth, inner)
  else if (type.startsWith('text/')) readText(work, bytes, part)
  else {
    work.text(part, runs(bytes.subarray(0, 1_000_000), 6).slice(0, 100_000))
    work.unread(
      'unknown',
      part,
      type === 'application/octet-stream'
        ? 'is of a kind that is not known here'
        : `is of a kind (${type}) that is not looked into here`,
    )
  }
  return plain
}

function lookIntoZip(
  work: Work,
  bytes: Buffer,
  part: string,
  depth: number,
  inner: (bytes: Buffer, name: string, part: string, depth: number) => void,
): Found {
  const zip = readZip(bytes)
  if (zip.fault !== undefined) {
    work.unsafe('zip-contradicts', part, zip.fault)
    return { type: 'application/zip', encrypted: false }
  }
  const office = officeType(zip)
  if (office !== undefined && zip.entries.every((entry) => entry.encrypted === false)) {
    readOffice(work, zip, part, depth, inner)
    return { type: office, encrypted: false }
  }
  work.text(`${part}/comment`, zip.comment)
  const files = zip.entries.filter((entry) => !entry.directory)
  for (const entry of zip.entries) {
    const place = `${part}/${entry.name}`
    if (entry.comment !== '') work.text(`${place}/comment`, entry.comment)
    if (entry.directory) continue
    if (entry.encrypted !== false || entry.size === 0) {
      work.spendEntry()
      work.inside.push({
        part: place,
        name: entry.name,
        type: 'application/octet-stream',
        size: entry.size,
        encrypted: entry.encrypted,
      })
      continue
    }
    if (entry.size > work.unpackedLeft) throw new Exhausted('it unpacks to more than this gateway takes')
    const unpacked = entry.method === 0 ? entry.data : entry.method === 8 ? inflateRaw(work, entry.data) : undefined
    if (unpacked === undefined) work.unread('zip-method', place, 'is packed in a way that is not opened here')
    else if (unpacked.length !== entry.size)
      work.unsafe('zip-contradicts', place, 'it is not the size that its archive says')
    else inner(unpacked, entry.name, place, depth + 1)
  }
  const weakest = files.some((entry) => entry.encrypted === false)
    ? false
    : files.some((entry) => entry.encrypted === 'weak')
      ? 'weak'
      : 'aes-256'
  return { type: 'application/zip', encrypted: files.length === 0 ? false : weakest }
}

function readMarkup(
  work: Work,
  bytes: Buffer,
  part: string,
  depth: number,
  inner: (bytes: Buffer, name: string, part: string, depth: number) => void,
): void {
  const { text, aside, embedded } = markupText(work.markup(part, anyText(bytes)))
  work.text(part, text)
  work.text(`${part}/markup`, aside)
  for (const [i, one] of embedded.entries())
    inner(one.bytes, `embedded-${i + 1}`, `${part}/embedded-${i + 1}`, depth + 1)
}

function readInnerMessage(
  work: Work,
  bytes: Buffer,
  part: string,
  depth: number,
  inner: (bytes: Buffer, name: string, part: string, depth: number) => void,
): void {
  work.spendBytes(bytes.length)
  const reading = readMessage(bytes)
  if (reading.outcome === 'refused') {
    work.unsafe('message-malformed', part, reading.sentence)
    return
  }
  work.text(`${part}/subject`, reading.message.envelope.subject)
  for (const leaf of reading.message.leaves) {
    const name = leaf.names[0] ?? `part-${leaf.path}`
    inner(leaf.bytes, name, `${part}/${leaf.body ? 'body' : name}`, depth + 1)
  }
}

function readRichText(work: Work, source: string, part: string): void {
  const { text, objects } = richText(work.markup(part, source))
  work.text(part, text)
  if (objects) work.unread('rtf-objects', part, 'has an object embedded in it')
}

/** Outlook's own package: its words and its files are looked at as those of any other message. */
function readOutlooks(
  work: Work,
  bytes: Buffer,
  part: string,
  depth: number,
  inner: (bytes: Buffer, name: string, part: string, depth: number) => void,
): void {
  const found = readTnef(bytes)
  const contradicts = () =>
    work.unsafe(
      'tnef',
      part,
      'Outlook sent it in a format of its own (winmail.dat) that contradicts itself; set the message to HTML or plain text',
    )
  if (found === undefined) {
    contradicts()
    return
  }
  work.text(`${part}/properties`, found.words.join('\n'))
  for (const { kind, bytes: content } of found.texts) {
    if (kind === 'plain') readText(work, content, `${part}/body`)
    else if (kind === 'markup') readMarkup(work, content, `${part}/body`, depth, inner)
    else {
      const rich = unpackRichText(content, work.unpackedLeft)
      if (rich === undefined) {
        contradicts()
        return
      }
      work.spendBytes(rich.length)
      readRichText(work, rich, `${part}/body`)
    }
  }
  for (const file of found.files) inner(file.bytes, file.name, `${part}/${file.name}`, depth + 1)
}

/** No more is decoded than could be scanned, cut where a character ends. */
function readText(work: Work, bytes: Buffer, part: string): void {
  let end = Math.min(bytes.length, work.limits.textCharacters * 4)
  if (end < bytes.length) work.unread('too-much-text', part, 'holds more text than is looked through')
  while (end > 0 && end < bytes.length && (bytes[end]! & 0xc0) === 0x80) end--
  work.text(part, anyText(bytes.subarray(0, end)))
}

function unpackedName(part: string): string {
  return (part.split('/').at(-1) ?? '').replace(/\.(t?gz)$/i, (_, end: string) =>
    end.toLowerCase() === 'tgz' ? '.tar' : '',
  )
}
