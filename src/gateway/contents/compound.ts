/** The compound file of older Office, of Outlook's .msg and of protected new documents (MS-CFB). */

export interface Stream {
  /** Path from the root, such as `WordDocument` or `__attach_version1.0_#00000000/__substg1.0_37010102`. */
  readonly path: string
  readonly bytes: Buffer
}

const free = 0xffffffff
const most = 2000

/** Returns undefined when the file contradicts itself. Linear: every sector is followed once. */
export function readCompound(file: Buffer): Stream[] | undefined {
  if (file.length < 1536) return undefined
  const shift = file.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) return undefined
  const sector = 1 << shift
  const sectors = Math.ceil(file.length / sector) - 1
  const at = (index: number) => (index + 1) * sector
  const fatSectors: number[] = []
  for (let i = 0; i < 109; i++) {
    const index = file.readUInt32LE(76 + i * 4)
    if (index < sectors) fatSectors.push(index)
  }
  let difat = file.readUInt32LE(68)
  for (let hops = 0; difat < sectors && hops < 200; hops++) {
    for (let i = 0; i < sector / 4 - 1; i++) {
      const index = read32(file, at(difat) + i * 4)
      if (index < sectors) fatSectors.push(index)
    }
    difat = read32(file, at(difat) + sector - 4)
  }
  const fat = new Uint32Array(fatSectors.length * (sector / 4)).fill(free)
  for (const [i, index] of fatSectors.entries())
    for (let k = 0; k < sector / 4; k++) fat[i * (sector / 4) + k] = read32(file, at(index) + k * 4)

  const used = new Set<number>()
  const chain = (start: number, size: number): Buffer | undefined => {
    const pieces: Buffer[] = []
    let left = size
    for (let index = start; index < sectors && left > 0; index = fat[index] ?? free) {
      if (used.has(index)) return undefined
      used.add(index)
      pieces.push(file.subarray(at(index), at(index) + Math.min(sector, left)))
      left -= sector
    }
    return Buffer.concat(pieces)
  }
  const directory = chain(file.readUInt32LE(48), file.length)
  if (directory === undefined || directory.length < 128) return undefined
  const count = Math.floor(directory.length / 128)
  if (count > most) return undefined
  const root = entryAt(directory, 0)
  const miniFatBytes = chain(file.readUInt32LE(60), file.length) ?? Buffer.alloc(0)
  const mini = chain(root.start, root.size) ?? Buffer.alloc(0)
  const cutoff = file.readUInt32LE(56)
  const streams: Stream[] = []
  const seen = new Set<number>()
  const miniUsed = new Set<number>()
  const stack: [index: number, folder: string][] = [[root.child, '']]
  while (stack.length > 0) {
    const [index, folder] = stack.pop()!
    if (index >= count || seen.has(index)) continue
    seen.add(index)
    const entry = entryAt(directory, index)
    stack.push([entry.left, folder], [entry.right, folder])
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.kind === 1) stack.push([entry.child, path])
    if (entry.kind !== 2) continue
    if (entry.size >= cutoff) {
      const bytes = chain(entry.start, entry.size)
      if (bytes === undefined) return undefined
      streams.push({ path, bytes })
    } else {
      const pieces: Buffer[] = []
      let left = entry.size
      for (let next = entry.start; left > 0 && next * 64 < mini.length; next = read32(miniFatBytes, next * 4)) {
        if (miniUsed.has(next)) return undefined
        miniUsed.add(next)
        pieces.push(mini.subarray(next * 64, next * 64 + Math.min(64, left)))
        left -= 64
      }
      streams.push({ path, bytes: Buffer.concat(pieces) })
    }
  }
  return streams
}

function entryAt(directory: Buffer, index: number) {
  const at = index * 128
  const nameLength = Math.min(64, Math.max(2, directory.readUInt16LE(at + 64)))
  return {
    name: directory.toString('utf16le', at, at + nameLength - 2),
    kind: directory[at + 66]!,
    left: directory.readUInt32LE(at + 68),
    right: directory.readUInt32LE(at + 72),
    child: directory.readUInt32LE(at + 76),
    start: directory.readUInt32LE(at + 116),
    size: directory.readUInt32LE(at + 120),
  }
}

function read32(bytes: Buffer, at: number): number {
  return at + 4 <= bytes.length ? bytes.readUInt32LE(at) : free
}
