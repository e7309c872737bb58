/** Text out of HTML, SVG and XML: what is shown, and what is not shown and travels all the same. */

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  pound: '£',
  ndash: '–',
  mdash: '—',
  rsquo: '’',
  lsquo: '‘',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  shy: '',
  zwnj: '',
  zwj: '',
  copy: '©',
  eacute: 'é',
  Tab: '\t',
  NewLine: '\n',
  commat: '@',
  period: '.',
  comma: ',',
  colon: ':',
  sol: '/',
  hyphen: '-',
  dash: '-',
  num: '#',
  plus: '+',
}

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,10}));?/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? entities[name.toLowerCase()] ?? whole
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ''
    },
  )
}

const blocks = new Set(
  'p div br tr li ul ol table h1 h2 h3 h4 h5 h6 section article header footer blockquote pre hr dt dd title option body w:p w:br w:tr a:p a:br text:p text:h text:line-break table:table-row row si comment v:shape p:sp'.split(
    ' ',
  ),
)
const cells = new Set('td th w:tc w:tab a:tc table:table-cell c text:tab text:s'.split(' '))
const silent = new Set(['script', 'style'])

export interface MarkupText {
  /** Running text in order, hidden text included. */
  readonly text: string
  /** Attributes that a reader may see or that carry names: alt, title, href, value, content, author … and comments. */
  readonly aside: string
  /** `data:` addresses, decoded. */
  readonly embedded: readonly { readonly type: string; readonly bytes: Buffer }[]
}

const told =
  /\b(?:alt|title|href|src|value|content|placeholder|summary|label|name|cite|descr|w:author|w:initials|author|userid|displayname|w:val|dc:creator|aria-label|data-[a-z-]{1,30}|target|w:tooltip|string-value|office:string-value|office:date-value)[ \t\r\n]{0,9}=[ \t\r\n]{0,9}(?:"([^"]{1,4000})"|'([^']{1,4000})'|([^\s"'>]{1,2000}))/gi

/** One pass, linear in the length. `office`: the XML of documents, whose `w:val` and `name` hold formats and not
 * text; `words`: nothing aside is wanted. */
export function markupText(source: string, office: boolean | 'words' = false): MarkupText {
  const out: string[] = []
  const aside: string[] = []
  const embedded: { type: string; bytes: Buffer }[] = []
  let at = 0
  while (at < source.length) {
    const open = source.indexOf('<', at)
    if (open < 0) {
      out.push(source.slice(at))
      break
    }
    if (open > at) out.push(source.slice(at, open))
    if (source.startsWith('<!--', open)) {
      const close = source.indexOf('-->', open + 4)
      const end = close < 0 ? source.length : close
      const comment = source.slice(open + 4, end).trim()
      // Conditional comments of Outlook hold markup of their own.
      if (comment !== '') aside.push(comment.includes('<') ? comment.replace(/<[^<>]{0,2000}>/g, ' ') : comment)
      at = close < 0 ? source.length : close + 3
      continue
    }
    if (source.startsWith('<![CDATA[', open)) {
      const close = source.indexOf(']]>', open)
      out.push(source.slice(open + 9, close < 0 ? source.length : close))
      at = close < 0 ? source.length : close + 3
      continue
    }
    const name = /^\/?[a-zA-Z][\w:.-]{0,60}/.exec(source.slice(open + 1, open + 66))?.[0]?.toLowerCase()
    if (name === undefined && source[open + 1] !== '!' && source[open + 1] !== '?') {
      out.push('<')
      at = open + 1
      continue
    }
    const close = tagEnd(source, open)
    const tag = source.slice(open, close)
    at = close
    const bare = name?.replace(/^\//, '') ?? ''
    if (blocks.has(bare)) out.push('\n')
    else if (cells.has(bare)) out.push('\t')
    if (office !== 'words' && tag.includes('=')) attributes(tag, office, aside, embedded)
    if (silent.has(bare) && name === bare) {
      const ending = bare === 'script' ? /<\/script/gi : /<\/style/gi
      ending.lastIndex = at
      const end = ending.exec(source)?.index ?? source.length
      aside.push(source.slice(at, end))
      at = end
    }
  }
  return { text: tidy(decodeEntities(out.join(''))), aside: tidy(decodeEntities(aside.join('\n'))), embedded }
}

/** A tag ends at a `>` outside quotes; a quote that never closes ends at the next `>`. */
function tagEnd(source: string, open: number): number {
  const plain = source.indexOf('>', open)
  if (plain < 0) return source.length
  const quoted = /^<[^<>"']{0,500}(?:(?:"[^"]{0,200000}"|'[^']{0,200000}')[^<>"']{0,500}){0,60}>/.exec(
    source.slice(open, Math.min(source.length, Math.max(plain + 1, open + 4000))),
  )
  return quoted === null ? plain + 1 : open + quoted[0].length
}

function attributes(tag: string, office: boolean, aside: string[], embedded: { type: string; bytes: Buffer }[]): void {
  for (const match of tag.matchAll(told)) {
    const value = match[1] ?? match[2] ?? match[3] ?? ''
    const lead = match[0].slice(0, 12).toLowerCase()
    if (
      office &&
      (lead.startsWith('w:val') || lead.startsWith('name') || lead.startsWith('value')) &&
      !/\s/.test(value)
    )
      continue
    if (value.startsWith('cid:') || value.startsWith('#')) continue
    const inline = /^data:([a-z0-9.+/-]{0,80})[^,]{0,80};base64,/i.exec(value)
    if (inline !== null) continue
    aside.push(value.startsWith('mailto:') || value.includes('%') ? unescaped(value) : value)
  }
  for (const match of tag.matchAll(/data:([a-z0-9.+/-]{0,80})[^,"']{0,80};base64,([A-Za-z0-9+/=\s]{1,}|)/gi)) {
    if (embedded.length < 50) embedded.push({ type: match[1]!, bytes: Buffer.from(match[2]!, 'base64') })
  }
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function tidy(text: string): string {
  return text
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[ \t\r]{2,}/g, (run) => (run.includes('\t') ? '\t' : ' '))
    .replace(/\s*\n\s*/g, '\n')
}
