const neutralStem =
  /^(archive|attachment|document|documents|enclosure|file|form|letter|page|report|scan)?[-_ ]?\d{0,12}$/i

/** Whether a file name says nothing of whom it is about: `20120910.zip`, `document-1.pdf` (CUM-48). */
export const isNeutralName = (name: string): boolean => {
  const { stem, extension } = splitName(name)
  return stem !== '' && neutralStem.test(stem) && /^(\.[a-z0-9]{1,5})?$/i.test(extension)
}

/** Whether a name plainly names a person: two capitalised words side by side, or a postcode or long number. */
export function identifies(name: string): boolean {
  const { stem } = splitName(name.normalize('NFC'))
  return (
    /\p{Lu}[\p{Ll}'’]+[\s._-]*\p{Lu}[\p{Ll}'’]+/u.test(stem) ||
    /(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/.test(stem) ||
    /\b[a-z]{1,2}\d[a-z\d]?[ _-]?\d[a-z]{2}\b/i.test(stem)
  )
}

/** The name of an archive packed on a day, such as `20261121.zip` (CUM-48). */
export const archiveName = (day: Date): string => `${day.toISOString().slice(0, 10).replaceAll('-', '')}.zip`

/** The neutral name of the document at a place in its archive, from 1, keeping a plain extension. */
export const neutralName = (place: number, original: string): string => {
  const extension = splitName(original).extension.toLowerCase()
  return `document-${place}${/^\.[a-z0-9]{1,5}$/.test(extension) ? extension : ''}`
}

/**
 * File names that any system can hold, in the order given and no two alike: no folders, no control or direction marks
 * (they make `gpj.exe` look like a picture), no device names, at most 150 UTF-8 bytes.
 */
export function safeNames(originals: readonly string[]): string[] {
  const taken = new Set<string>()
  return originals.map((original) => {
    const { stem, extension } = splitName(clean(original))
    const end = cut(extension, 20)
    for (let copy = 1; ; copy++) {
      const name = `${cut(stem, 120) || 'document'}${copy > 1 ? ` (${copy})` : ''}${end}`
      const key = name.toLowerCase()
      if (taken.has(key)) continue
      taken.add(key)
      return name
    }
  })
}

function clean(name: string): string {
  const last = name.replaceAll('\\', '/').split('/').at(-1) ?? ''
  const plain = last
    .replace(/\p{Cs}/gu, '_')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}` : plain
}

function splitName(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? { stem: name.slice(0, dot), extension: name.slice(dot) } : { stem: name, extension: '' }
}

function cut(text: string, bytes: number): string {
  let used = 0
  let kept = ''
  for (const sign of text) {
    used += Buffer.byteLength(sign)
    if (used > bytes) break
    kept += sign
  }
  return kept.trimEnd()
}
