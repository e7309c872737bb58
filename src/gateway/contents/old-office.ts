/** Older Word, Excel and PowerPoint, Outlook messages, and new documents locked with a password. */
import { anyText } from '../reading/charset.ts'
import { readCompound, type Stream } from './compound.ts'
import type { LookInside } from './office.ts'
import type { Protection } from './types.ts'
import type { Work } from './work.ts'

/** Returns the true type and whether it is protected; text goes to `work`. */
export function readOldOffice(
  work: Work,
  bytes: Buffer,
  part: string,
  depth: number,
  look: LookInside,
): { type: string; encrypted: Protection } {
  const streams = readCompound(bytes)
  if (streams === undefined) {
    work.unsafe('compound-broken', part, 'its inside contradicts itself')
    return { type: 'application/x-cfb', encrypted: false }
  }
  const has = (name: string) => streams.find((stream) => stream.path.toLowerCase() === name.toLowerCase())
  if (has('EncryptedPackage')) {
    work.unread('protected', part, 'is locked with a password')
    return {
      type: 'application/vnd.openxmlformats-officedocument',
      encrypted: packageProtection(has('EncryptionInfo')?.bytes),
    }
  }
  const type = has('WordDocument')
    ? 'application/msword'
    : (has('Workbook') ?? has('Book'))
      ? 'application/vnd.ms-excel'
      : has('PowerPoint Document')
        ? 'application/vnd.ms-powerpoint'
        : streams.some(
              (stream) => stream.path.startsWith('__properties_version') || stream.path.startsWith('__nameid_version'),
            )
          ? 'application/vnd.ms-outlook'
          : 'application/x-cfb'
  if (lockedByPassword(streams)) {
    work.unread('protected', part, 'is locked with a password')
    return { type, encrypted: 'weak' }
  }
  if (streams.some((stream) => /(^|\/)(_VBA_PROJECT|VBA\/)/i.test(stream.path)))
    work.unread('macros', part, 'holds macros')
  for (const stream of streams) {
    work.spendBytes(stream.bytes.length)
    if (/__substg1\.0_37010102$/i.test(stream.path))
      look(
        stream.bytes,
        attachedName(streams, stream.path),
        `${part}/attachments/${attachedName(streams, stream.path)}`,
        depth + 1,
      )
    else if (/__substg1\.0_[0-9a-f]{4}001f$/i.test(stream.path)) work.text(part, stream.bytes.toString('utf16le'))
    else if (/__substg1\.0_[0-9a-f]{4}001e$/i.test(stream.path)) work.text(part, anyText(stream.bytes))
    else if (/__substg1\.0_10130102$/i.test(stream.path)) look(stream.bytes, 'message.html', `${part}/html`, depth + 1)
    else if (/SummaryInformation$/.test(stream.path)) work.text(`${part}/properties`, runs(stream.bytes, 3))
    else if (
      /(^|\/)(WordDocument|Workbook|Book|PowerPoint Document|Contents|Ole10Native|\x01Ole10Native|[01]Table)$/i.test(
        stream.path,
      )
    )
      work.text(part, runs(Buffer.from(work.markup(part, stream.bytes.toString('latin1')), 'latin1'), 4))
    else if (/(^|\/)(Package|CONTENTS)$/.test(stream.path))
      look(stream.bytes, 'embedded', `${part}/embedded`, depth + 1)
  }
  return { type, encrypted: false }
}

function attachedName(streams: readonly Stream[], path: string): string {
  const folder = path.split('/').slice(0, -1).join('/')
  for (const id of ['3707001F', '3704001F'])
    for (const stream of streams)
      if (stream.path.toUpperCase() === `${folder}/__substg1.0_${id}`.toUpperCase())
        return stream.bytes.toString('utf16le')
  return 'attachment'
}

/** Agile encryption names its key length; the standard kind is AES-128. */
function packageProtection(info: Buffer | undefined): Protection {
  if (info === undefined || info.length < 8) return 'weak'
  const xml = info.toString('utf8', 8)
  return /<keyData\b[^>]*keyBits="256"[^>]*cipherAlgorithm="AES"|<keyData\b[^>]*cipherAlgorithm="AES"[^>]*keyBits="256"/.test(
    xml,
  )
    ? 'aes-256'
    : 'weak'
}

function lockedByPassword(streams: readonly Stream[]): boolean {
  const named = (name: string) => streams.find((stream) => stream.path === name)?.bytes
  const word = named('WordDocument')
  if (word !== undefined && word.length > 12 && (word.readUInt16LE(10) & 0x0100) !== 0) return true
  const book = named('Workbook') ?? named('Book')
  if (book !== undefined) {
    // The records before the first sheet; FILEPASS (0x2F) among them.
    for (let at = 0, i = 0; at + 4 <= book.length && i < 40; i++) {
      if (book.readUInt16LE(at) === 0x2f) return true
      at += 4 + book.readUInt16LE(at + 2)
    }
  }
  return streams.some((stream) => stream.path === 'EncryptedSummary')
}

/** Runs of readable characters, eight bits or sixteen wide: what a person would find in the file with an editor. */
export function runs(bytes: Buffer, least: number): string {
  const out: string[] = []
  const narrow = bytes.toString('latin1')
  const pattern = new RegExp(`[\\t\\x20-\\x7e\\xa0-\\xff]{${least},}`, 'g')
  for (const match of narrow.matchAll(pattern)) if (/[A-Za-z0-9]{2}/.test(match[0])) out.push(match[0])
  const widePattern = new RegExp(`(?:[\\t\\r\\n\\x20-\\x7e\\xa0-\\xff]\\x00){${least},}`, 'g')
  for (const match of narrow.matchAll(widePattern)) out.push(match[0].replaceAll('\0', ''))
  return out.join('\n')
}
