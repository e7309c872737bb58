/** Rich text format: its words, hidden ones too. */

const win = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, i) => i))
const skipped =
  /^(?:fonttbl|colortbl|stylesheet|listtable|listoverridetable|rsidtbl|themedata|colorschememapping|latentstyles|datastore|pict|xmlnstbl|generator)$/

/** Linear in the length. `objects`: an object is embedded, whose inside is not read here. */
export function richText(source: string): { text: string; objects: boolean } {
  const out: string[] = []
  let objects = false
  let depth = 0
  let skipBelow = Number.POSITIVE_INFINITY
  const pattern = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi
  let skipCharacters = 0
  for (const match of source.matchAll(pattern)) {
    const [, word, number, hex, symbol, brace, plain] = match
    if (brace === '{') depth++
    else if (brace === '}') {
      depth--
      if (depth < skipBelow) skipBelow = Number.POSITIVE_INFINITY
    } else if (word !== undefined) {
      if (/^(objdata|objocx|objemb)$/.test(word)) {
        objects = true
        if (word === 'objdata') skipBelow = Math.min(skipBelow, depth)
      } else if (skipped.test(word)) skipBelow = Math.min(skipBelow, depth)
      else if (depth >= skipBelow) continue
      else if (/^(par|line|row|sect|page)$/.test(word)) out.push('\n')
      else if (/^(tab|cell)$/.test(word)) out.push('\t')
      else if (word === 'u' && number !== undefined) {
        out.push(String.fromCharCode((Number(number) + 65_536) % 65_536))
        skipCharacters = 1
      }
    } else if (depth >= skipBelow) continue
    else if (hex !== undefined) {
      if (skipCharacters > 0) skipCharacters--
      else out.push(win[parseInt(hex, 16)]!)
    } else if (symbol !== undefined)
      out.push(symbol === '~' ? ' ' : symbol === '_' || symbol === '-' || symbol === '*' ? '' : symbol)
    else if (plain !== undefined) {
      out.push(skipCharacters > 0 ? plain.slice(1) : plain)
      skipCharacters = 0
    }
  }
  return { text: out.join(''), objects }
}
