/** One leaf: its decoded bytes, its names, its text. */
import { decodeCharset, knownCharset } from './charset.ts'
import type { Walk } from './entity.ts'
import { findHidden } from './hidden.ts'
import { fileNames, type Parameterised } from './parameters.ts'
import { type Decoding, decodeBase64, decodeQuotedPrintable } from './transfer.ts'
import type { Entity, Leaf } from './types.ts'

type Begun = Pick<Entity, 'path' | 'type' | 'fields' | 'bodyStart' | 'end'>

export function leafOf(
  walk: Walk,
  entity: Begun,
  type: Parameterised | undefined,
  disposition: Parameterised | undefined,
  encoding: string,
): Leaf {
  const path = entity.path || '1'
  const bad = (code: string, sentence: string) => walk.defects.push({ code, part: path, sentence, fatal: true })
  const names = fileNames(type, disposition, path, walk.defects)
  const body = walk.raw.subarray(entity.bodyStart, entity.end)
  const called = names[0] === undefined ? `part ${path}` : `the attachment "${names[0]}"`

  const textual =
    entity.type.startsWith('text/') ||
    entity.type === 'message/delivery-status' ||
    entity.type === 'message/disposition-notification'
  const named = names.length > 0 || disposition?.value === 'attachment'
  // A named file in base64 is looked through as a file, not as text that may hide files.
  const asText = textual && !(named && encoding === 'base64')
  if (asText || encoding === 'quoted-printable') walk.budget.spend('textCharacters', body.length, path)

  const decoding = decode(body, encoding)
  if (decoding.fault !== undefined)
    bad('encoding-malformed', `This message cannot be read safely: ${called} ${decoding.fault}. Attach it again.`)
  const bytes = decoding.bytes ?? body
  walk.budget.spend('decodedBytes', encoding === 'base64' || encoding === 'quoted-printable' ? bytes.length : 0, path)
  let text: string | undefined
  const charset = type?.parameters.get('charset')
  if (asText) {
    text = decodeText(bytes, charset ?? '')
    if (charset !== undefined && knownCharset(charset) === undefined)
      bad(
        'charset-unknown',
        `The text of ${called} is in a character set, "${charset.slice(0, 40)}", that cannot be read.`,
      )
    else if (text === undefined) {
      // Not what it says it is: looked through all the same, and rebuilt if it leaves.
      walk.defects.push({
        code: 'charset-wrong',
        part: path,
        sentence: `The text of ${called} is not in the character set that it names.`,
        fatal: names.length === 0,
      })
      text = new TextDecoder('windows-1252').decode(bytes)
    }
    if (text?.includes('\0')) bad('text-nul', `The text of ${called} holds bytes of value zero.`)
  }
  const isBody =
    names.length === 0 &&
    disposition?.value !== 'attachment' &&
    (entity.type === 'text/plain' || entity.type === 'text/html')
  const leaf: Leaf = {
    path,
    type: entity.type,
    ...(charset === undefined ? {} : { charset }),
    ...(disposition === undefined ? {} : { disposition: disposition.value }),
    names,
    fields: entity.fields,
    bytes,
    ...(text === undefined ? {} : { text }),
    body: isBody,
  }
  if (entity.type === 'message/rfc822' || entity.type === 'message/global' || entity.type === 'message/news')
    return leaf
  walk.leaves.push(leaf)
  if (text !== undefined) hiddenFiles(walk, path, text)
  else if (encoding !== 'base64') hiddenFiles(walk, path, bytes.toString('latin1'))
  return leaf
}

function hiddenFiles(walk: Walk, path: string, text: string): void {
  for (const [i, file] of findHidden(text, path, walk.defects).entries()) {
    walk.budget.spend('parts', 1, path)
    walk.leaves.push({
      path: `${path}/uuencoded-${i + 1}`,
      type: 'application/octet-stream',
      names: [file.name],
      fields: [],
      bytes: file.bytes,
      body: false,
    })
  }
}

function decode(body: Buffer, encoding: string): Decoding {
  switch (encoding) {
    case 'base64':
      return decodeBase64(body)
    case 'quoted-printable':
      return decodeQuotedPrintable(body)
    case '7bit':
    case '8bit':
    case 'binary':
      return { bytes: body }
    default:
      return { fault: `is encoded as "${encoding.slice(0, 40)}", which cannot be read` }
  }
}

function decodeText(bytes: Buffer, charset: string): string | undefined {
  // A byte order mark wins over the label in some programs and loses in others; both must agree.
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf && !/^(utf-?8)?$/i.test(charset)) return undefined
  if (
    ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) &&
    !/^utf-?16/i.test(charset)
  )
    return undefined
  return decodeCharset(bytes, charset)
}
