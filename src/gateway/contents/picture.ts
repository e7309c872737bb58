/** What pictures carry beside the picture: EXIF, IPTC, XMP, comments, the place where it was taken. */
import { anyText } from '../reading/charset.ts'
import { markupText } from './markup.ts'
import { inflateZlib } from './unpack.ts'
import type { Work } from './work.ts'

export function readPicture(work: Work, bytes: Buffer, type: string, part: string): void {
  const place = `${part}/metadata`
  if (type === 'image/jpeg') readJpeg(work, bytes, place)
  else if (type === 'image/png') readPng(work, bytes, place)
  else if (type === 'image/tiff') exif(work, bytes, place)
  else if (type === 'image/webp' || type === 'image/heic') {
    const at = bytes.indexOf('Exif\0\0')
    if (at >= 0) exif(work, bytes.subarray(at + 6), place)
    else {
      const start = Math.max(bytes.indexOf('MM\0*'), bytes.indexOf('II*\0'))
      if (start >= 0) exif(work, bytes.subarray(start), place)
    }
    xmp(work, bytes, place)
  } else if (type === 'image/gif') {
    for (
      let at = bytes.indexOf(Buffer.from([0x21, 0xfe])), i = 0;
      at >= 0 && i < 20;
      at = bytes.indexOf(Buffer.from([0x21, 0xfe]), at + 2), i++
    )
      work.text(place, bytes.toString('latin1', at + 3, at + 3 + (bytes[at + 2] ?? 0)))
    xmp(work, bytes, place)
  }
}

function readJpeg(work: Work, bytes: Buffer, place: string): void {
  let at = 2
  for (let i = 0; i < 400 && at + 4 <= bytes.length && bytes[at] === 0xff; i++) {
    const marker = bytes[at + 1]!
    if (marker === 0xda || marker === 0xd9) break
    const length = bytes.readUInt16BE(at + 2)
    const body = bytes.subarray(at + 4, at + 2 + length)
    if (marker === 0xfe) work.text(place, anyText(body))
    else if (marker === 0xe1 && body.toString('latin1', 0, 6) === 'Exif\0\0') exif(work, body.subarray(6), place)
    else if (marker === 0xe1) xmp(work, body, place)
    else if (marker === 0xed) iptc(work, body, place)
    at += 2 + length
  }
}

function readPng(work: Work, bytes: Buffer, place: string): void {
  let at = 8
  for (let i = 0; i < 5000 && at + 12 <= bytes.length; i++) {
    const length = bytes.readUInt32BE(at)
    const kind = bytes.toString('latin1', at + 4, at + 8)
    if (kind === 'IEND' || at + 12 + length > bytes.length) break
    const body = bytes.subarray(at + 8, at + 8 + length)
    const nul = body.indexOf(0)
    if (kind === 'tEXt') work.text(place, body.toString('latin1').replaceAll('\0', ': '))
    else if (kind === 'zTXt' && nul >= 0)
      work.text(place, inflateZlib(work, body.subarray(nul + 2))?.toString('latin1') ?? '')
    else if (kind === 'iTXt' && nul >= 0) {
      const compressed = body[nul + 1] === 1
      const textAt = body.indexOf(0, body.indexOf(0, nul + 3) + 1) + 1
      const text = compressed ? inflateZlib(work, body.subarray(textAt)) : body.subarray(textAt)
      work.text(place, markupText(text === undefined ? '' : anyText(text)).text)
    } else if (kind === 'eXIf') exif(work, body, place)
    at += 12 + length
  }
}

const words = new Map([
  [0x010d, 'document'],
  [0x010e, 'description'],
  [0x013b, 'artist'],
  [0x8298, 'copyright'],
  [0x9286, 'comment'],
  [0x9c9b, 'title'],
  [0x9c9c, 'comment'],
  [0x9c9d, 'author'],
  [0x9c9e, 'keywords'],
  [0x9c9f, 'subject'],
  [0xa430, 'owner'],
  [0x83bb, 'iptc'],
  [0x02bc, 'xmp'],
]) // prettier-ignore

/** A TIFF structure: the tags that hold words, and whether it says where the picture was taken. */
function exif(work: Work, tiff: Buffer, place: string): void {
  if (tiff.length < 8) return
  const little = tiff[0] === 0x49
  const u16 = (at: number) => (at + 2 <= tiff.length ? (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)) : 0)
  const u32 = (at: number) => (at + 4 <= tiff.length ? (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)) : 0)
  const seen = new Set<number>()
  const queue = [u32(4)]
  const degrees: number[][] = []
  while (queue.length > 0 && seen.size < 20) {
    const at = queue.pop()!
    if (at === 0 || at + 2 > tiff.length || seen.has(at)) continue
    seen.add(at)
    const count = Math.min(u16(at), 500)
    for (let i = 0; i < count; i++) {
      const entry = at + 2 + i * 12
      const tag = u16(entry)
      const kind = u16(entry + 2)
      const size = u32(entry + 4) * ([0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8][kind] ?? 1)
      const valueAt = size <= 4 ? entry + 8 : u32(entry + 8)
      const value = tiff.subarray(valueAt, Math.min(tiff.length, valueAt + Math.min(size, 65_536)))
      if (tag === 0x8769 || tag === 0x8825 || tag === 0xa005) queue.push(u32(entry + 8))
      else if ((tag === 2 || tag === 4) && kind === 5 && size === 24)
        degrees.push([0, 8, 16].map((k) => u32(valueAt + k) / Math.max(1, u32(valueAt + k + 4))))
      else if (tag === 0x83bb) iptc(work, value, place)
      else if (tag === 0x02bc) xmp(work, value, place)
      else if (words.has(tag)) {
        const text =
          tag >= 0x9c9b && tag <= 0x9c9f
            ? value.toString('utf16le')
            : anyText(value).replace(/^(ASCII|UNICODE|JIS)\0+/, '')
        work.text(place, text.replaceAll('\0', ''))
      }
    }
    queue.push(u32(at + 2 + count * 12))
  }
  if (degrees.length > 0) {
    const shown = degrees.map(([d, m, s]) => (d! + m! / 60 + s! / 3600).toFixed(4)).join(', ')
    work.text(`${place}/place-taken`, `Location where the picture was taken: ${shown}`)
  }
}

function xmp(work: Work, bytes: Buffer, place: string): void {
  const start = bytes.indexOf('<x:xmpmeta')
  if (start < 0) return
  const end = bytes.indexOf('</x:xmpmeta>', start)
  const xml = anyText(bytes.subarray(start, end < 0 ? Math.min(bytes.length, start + 262_144) : end))
  const { text } = markupText(xml)
  const attributes = [
    ...xml.matchAll(
      /\b(?:dc|photoshop|Iptc4xmpCore|xmp|pdf):(?:creator|title|description|subject|CreatorTool|AuthorsPosition|Headline|City|Author|Keywords)="([^"]{1,1000})"/gi,
    ),
  ].map((match) => match[1]!)
  work.text(place, [text, ...attributes].join('\n'))
}

function iptc(work: Work, bytes: Buffer, place: string): void {
  const found: string[] = []
  for (let at = 0; at + 5 <= bytes.length && found.length < 200; ) {
    if (bytes[at] !== 0x1c || bytes[at + 1]! > 9 || bytes[at + 1]! < 1) {
      at++
      continue
    }
    const length = bytes.readUInt16BE(at + 3)
    if (bytes[at + 1] === 2 && bytes[at + 2]! >= 5) found.push(anyText(bytes.subarray(at + 5, at + 5 + length)))
    at += 5 + length
  }
  work.text(place, found.join('\n'))
}
