/** Outlook's own package, winmail.dat (MS-OXTNEF): its words and its files. Strict: what does not add up is not opened at all. */

export interface Package {
  /** Bodies and properties that are words; `markup`: HTML, `rich`: rich text, still packed. */
  readonly texts: readonly { readonly kind: 'plain' | 'markup' | 'rich'; readonly bytes: Buffer }[]
  readonly words: readonly string[]
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[]
}

const most = 2_000
const win = new TextDecoder('windows-1252')

/** Undefined: it contradicts itself, or holds a kind of property that nobody defined. Linear in the length. */
export function readTnef(bytes: Buffer): Package | undefined {
  try {
    return read(bytes)
  } catch (error) {
    if (error instanceof RangeError || error instanceof Contradiction) return undefined
    throw error
  }
}

class Contradiction extends Error {}

interface Open {
  name: string
  longName: string
  bytes: Buffer | undefined
}

function read(bytes: Buffer): Package | undefined {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== 0x223e9f78) return undefined
  const texts: { kind: 'plain' | 'markup' | 'rich'; bytes: Buffer }[] = []
  const words: string[] = []
  const files: Open[] = []
  let seen = 0
  for (let at = 6; at < bytes.length; ) {
    if (++seen > most) throw new Contradiction('too many attributes')
    const level = bytes.readUInt8(at)
    const id = bytes.readUInt32LE(at + 1)
    const length = bytes.readUInt32LE(at + 5)
    const from = at + 9
    if ((level !== 1 && level !== 2) || from + length + 2 > bytes.length) throw new Contradiction('a length is wrong')
    const content = bytes.subarray(from, from + length)
    if (sumOf(content) !== bytes.readUInt16LE(from + length)) throw new Contradiction('a sum is wrong')
    at = from + length + 2
    const last = files.at(-1)
    switch (id & 0xffff) {
      case 0x9002: // attAttachRenddata begins a file
        files.push({ name: '', longName: '', bytes: undefined })
        break
      case 0x8010: // attAttachTitle
        if (last !== undefined) last.name = text(content)
        break
      case 0x800f: // attAttachData
        if (last === undefined || last.bytes !== undefined) throw new Contradiction('content without a file')
        last.bytes = content
        break
      case 0x9005: // attAttachment: the file's properties
        if (last === undefined) throw new Contradiction('properties without a file')
        for (const one of properties(content)) {
          // PR_ATTACH_DATA_OBJ: a message or an object of Outlook's own, behind sixteen bytes that say which.
          if (one.id === 0x3701 && last.bytes === undefined)
            last.bytes = one.type === 0x000d ? one.bytes.subarray(16) : one.bytes
          else if (one.id === 0x3707 || one.id === 0x3001) last.longName = one.text ?? last.longName
          else if (one.text !== undefined) words.push(one.text)
        }
        break
      case 0x9003: // attMsgProps
        for (const one of properties(content)) {
          if (one.id === 0x1013) texts.push({ kind: 'markup', bytes: one.bytes })
          else if (one.id === 0x1009) texts.push({ kind: 'rich', bytes: one.bytes })
          else if (one.text !== undefined) words.push(one.text)
        }
        break
      case 0x800c: // attBody
        texts.push({ kind: 'plain', bytes: content })
        break
      case 0x8004: // attSubject
        words.push(text(content))
        break
      default:
    }
  }
  return {
    texts,
    words: words.filter((word) => word !== ''),
    files: files
      .filter((one) => one.bytes !== undefined)
      .map((one) => ({ name: one.longName || one.name || 'file', bytes: one.bytes! })),
  }
}

const text = (bytes: Buffer): string => win.decode(bytes).replace(/\0+$/, '')

function sumOf(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at++) sum = (sum + bytes[at]!) & 0xffff
  return sum
}

interface Property {
  readonly id: number
  readonly type: number
  readonly bytes: Buffer
  readonly text?: string
}

const fixed: Readonly<Record<number, number>> = {
  1: 0,
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
}
const multiple = 0x1000

/** MAPI properties in a row ([MS-OXTNEF] 2.1.3.4). */
function properties(bytes: Buffer): Property[] {
  const count = bytes.readUInt32LE(0)
  if (count > most) throw new Contradiction('too many properties')
  const found: Property[] = []
  let at = 4
  for (let number = 0; number < count; number++) {
    const type = bytes.readUInt16LE(at)
    const id = bytes.readUInt16LE(at + 2)
    at += 4
    // A named property says its name first.
    if (id >= 0x8000) {
      const kind = bytes.readUInt32LE(at + 16)
      at += 20
      if (kind === 0) at += 4
      else if (kind === 1) at += 4 + padded(bytes.readUInt32LE(at))
      else throw new Contradiction('a name of no kind')
    }
    const single = type & ~multiple
    const width = fixed[single]
    const variable = single === 0x1e || single === 0x1f || single === 0x102 || single === 0x0d
    if (width === undefined && !variable) throw new Contradiction('a property of no kind')
    const values = variable || (type & multiple) !== 0 ? bytes.readUInt32LE(at) : 1
    if (variable || (type & multiple) !== 0) at += 4
    if (values > most) throw new Contradiction('too many values')
    for (let value = 0; value < values; value++) {
      const length = width ?? bytes.readUInt32LE(at)
      if (width === undefined) at += 4
      if (at + length > bytes.length) throw new Contradiction('a value is longer than its place')
      const content = bytes.subarray(at, at + length)
      at += width === undefined ? padded(length) : padded(width)
      found.push({
        id,
        type: single,
        bytes: content,
        ...(single === 0x1e ? { text: text(content) } : {}),
        ...(single === 0x1f ? { text: content.toString('utf16le').replace(/\0+$/, '') } : {}),
      })
    }
  }
  return found
}

const padded = (length: number): number => (length + 3) & ~3
