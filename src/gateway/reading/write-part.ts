/** Writing one part: its header fields in canonical form, its content in base64 or quoted-printable. */
import { readParameters } from './parameters.ts'
import type { Entity, Leaf } from './types.ts'

/** `Name: value`, folded at spaces before 78 characters. */
export function writeField(name: string, value: string): string {
  const lines: string[] = []
  let line = `${name}:`
  for (const word of value.split(/[ \t]+/)) {
    if (line.length + 1 + word.length > 78 && line.trim() !== '' && line !== `${name}:`) {
      lines.push(line)
      line = ''
    }
    line += ` ${word}`
  }
  lines.push(line)
  return `${lines.join('\r\n')}\r\n`
}

const dropped = new Set(['name', 'name*', 'boundary', 'filename', 'filename*'])

/** Content fields of a container or a nested message, each ended by CRLF. */
export function writeTyped(entity: Entity, boundary?: string): string {
  const parameters = parametersOf(entity, 'content-type')
  if (boundary !== undefined) parameters.push(['boundary', boundary])
  return others(entity) + writeField('Content-Type', [entity.type, ...parameters.map(written)].join('; '))
}

export function writeLeaf(entity: Entity, leaf: Leaf, append: string | undefined): Buffer {
  const parameters = parametersOf(entity, 'content-type')
  let bytes = leaf.bytes
  if (append !== undefined && leaf.text !== undefined) {
    const text =
      leaf.type === 'text/html' ? intoHtml(leaf.text, append) : `${leaf.text.replace(/\s*$/, '')}\r\n\r\n${append}\r\n`
    bytes = Buffer.from(text, 'utf8')
    const at = parameters.findIndex(([name]) => name === 'charset')
    if (at >= 0) parameters.splice(at, 1)
    parameters.push(['charset', 'utf-8'])
  }
  const name = leaf.names[0]
  const disposition = leaf.disposition ?? (name === undefined ? undefined : 'attachment')
  const textual = leaf.text !== undefined && leaf.names.length === 0
  const head =
    others(entity) +
    writeField('Content-Type', [leaf.type, ...parameters.map(written)].join('; ')) +
    (disposition === undefined
      ? ''
      : writeField(
          'Content-Disposition',
          [disposition, ...(name === undefined ? [] : [written(['filename', name])])].join('; '),
        )) +
    writeField('Content-Transfer-Encoding', textual ? 'quoted-printable' : 'base64')
  return Buffer.concat([
    Buffer.from(`${head}\r\n`, 'utf8'),
    Buffer.from(textual ? quotedPrintable(bytes) : base64Lines(bytes), 'latin1'),
  ])
}

function parametersOf(entity: Entity, kind: 'content-type'): [string, string][] {
  const value = entity.fields.find((field) => field.key === kind)?.value
  const read = value === undefined ? undefined : readParameters(value, kind, entity.path, [])
  return [...(read?.parameters ?? [])].filter(([name]) => !dropped.has(name))
}

/** Content-ID, Content-Description, Content-Location, Content-Language: as they were. */
function others(entity: Entity): string {
  return entity.fields
    .filter(
      (field) =>
        field.key.startsWith('content-') &&
        !/^content-(type|disposition|transfer-encoding|length|md5)$/.test(field.key),
    )
    .map((field) => writeField(field.name, field.value))
    .join('')
}

function written([name, value]: [string, string]): string {
  if (/^[A-Za-z0-9!#$&+\-.^_`{|}~]+$/.test(value)) return `${name}=${value}`
  if (/^[\x20-\x7e]*$/.test(value) && value.length < 60) return `${name}="${value.replace(/[\\"]/g, '\\$&')}"`
  const encoded = encodeURIComponent(value.replace(/[\ud800-\udfff]/gu, '_')).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  const pieces = encoded.match(/(?:%[0-9A-F]{2}|[^%]){1,40}/g) ?? ['']
  if (pieces.length === 1) return `${name}*=utf-8''${encoded}`
  return pieces.map((piece, i) => `${name}*${i}*=${i === 0 ? "utf-8''" : ''}${piece}`).join('; ')
}

function base64Lines(bytes: Buffer): string {
  const text = bytes.toString('base64')
  const lines: string[] = []
  for (let i = 0; i < text.length; i += 76) lines.push(text.slice(i, i + 76))
  return lines.join('\r\n')
}

/** Quoted-printable with CRLF kept as line ends, and everything that a next hop might touch encoded. */
export function quotedPrintable(bytes: Buffer): string {
  const out: string[] = []
  const text = bytes.toString('latin1')
  for (const source of text.split(/\r?\n/)) {
    const escaped = source.replace(
      /[^\x20-\x3c\x3e-\x7e]/g,
      (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    let rest = escaped
      .replace(/ $/, '=20')
      .replace(/^\./, '=2E')
      .replace(/^From /, '=46rom ')
    while (rest.length > 76) {
      let cut = 75
      if (rest[cut - 1] === '=') cut -= 1
      else if (rest[cut - 2] === '=') cut -= 2
      out.push(`${rest.slice(0, cut)}=`)
      rest = rest.slice(cut)
    }
    out.push(rest)
  }
  return out.join('\r\n')
}

function intoHtml(html: string, append: string): string {
  const escaped = append.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\r?\n/g, '<br>')
  const block = `<div><br>${escaped}</div>`
  const at = html.search(/<\/body\s*>(?![\s\S]*<\/body\s*>)/i)
  return at < 0 ? html + block : html.slice(0, at) + block + html.slice(at)
}
