import type { FastifyRequest } from 'fastify'
import { type Blobs, describeSize, Fault, FILE_LIMIT, isFault } from '../platform/index.ts'
import type { Page, Upload } from './page.ts'
import { readTyped, type Typed } from './typed.ts'

const FORM_LIMIT = 1024 * 1024
const FILES = 10

/** How many bytes a page takes in one request. */
export const roomOf = (page: Page): number =>
  FORM_LIMIT + (page.files === undefined ? 0 : (page.files.limit ?? FILE_LIMIT) * (page.files.count ?? FILES))

/** The sentence for a request that is too large, known before it is read. */
export const tooLarge = (page: Page): string =>
  page.files === undefined
    ? `This form takes up to ${describeSize(FORM_LIMIT)}. Shorten what you typed, or add it as a file where the page takes files.`
    : `This page takes files of up to ${describeSize(page.files.limit ?? FILE_LIMIT)} each, at most ${page.files.count ?? FILES}. Split the file, or hand it over by another route.`

export interface Sent {
  readonly typed: Typed
  readonly files: readonly Upload[]
  readonly tokenRight: boolean
}

/**
 * Reads a form, putting its files on disk as they come. The token must come before the first file, so that nothing is written for a stranger. When anything is wrong the files
 * are removed again and the rest of the request is read away, so that the sender sees the answer.
 */
export async function readSent(
  request: FastifyRequest,
  page: Page,
  blobs: Blobs,
  holds: (token: unknown) => boolean,
): Promise<Sent> {
  if (!request.isMultipart()) {
    const pairs = request.body instanceof URLSearchParams ? [...request.body] : []
    return { typed: readTyped(pairs), files: [], tokenRight: holds(pairs.find(([name]) => name === '_token')?.[1]) }
  }
  const limit = page.files?.limit ?? FILE_LIMIT
  const files: Upload[] = []
  const pairs: [string, string][] = []
  let tokenRight = false
  try {
    const limits = {
      fileSize: limit + 1,
      files: (page.files?.count ?? FILES) + 1,
      fields: 5_000,
      fieldSize: FORM_LIMIT,
      headerPairs: 100,
    }
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        if (part.fieldname === '_token') tokenRight = holds(part.value)
        else if (typeof part.value === 'string') pairs.push([part.fieldname, part.value])
        continue
      }
      // An empty choice of file comes as a file without a name.
      if (part.filename === '' || part.filename === undefined) {
        part.file.resume()
        continue
      }
      if (!tokenRight) {
        drain(request)
        return { typed: {}, files: [], tokenRight: false }
      }
      if (page.files === undefined) throw new Fault('web.no-files', 'This page does not take files.', { status: 413 })
      if (files.length >= (page.files.count ?? FILES))
        throw new Fault('web.too-many-files', tooLarge(page), { status: 413 })
      files.push({
        ...(await blobs.store(part.file, limit)),
        field: part.fieldname,
        name: plainName(part.filename),
        type: part.mimetype.slice(0, 100),
      })
    }
    return { typed: readTyped(pairs), files, tokenRight }
  } catch (error) {
    drain(request)
    await Promise.all(files.map((upload) => blobs.discard(upload.id)))
    throw isOurs(error)
      ? error
      : new Fault(
          'web.form-broken',
          'The form arrived in pieces that do not fit together, as happens when the line is lost. Nothing was kept: send it again.',
          { status: 400, cause: error },
        )
  }
}

// Ours, the kit's with a status, or the disk's; what is left is a form that the reader of its parts could not follow.
const isOurs = (error: unknown): boolean =>
  isFault(error) || (typeof error === 'object' && error !== null && ('statusCode' in error || 'syscall' in error))

function drain(request: FastifyRequest): void {
  request.raw.unpipe()
  request.raw.resume()
}

/** A file's name as it may be shown and saved: no folders, no control or direction marks, at most 200 characters. */
export function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}"]/gu, '')
    .trim()
    .slice(0, 200)
  return plain === '' || plain === '.' || plain === '..' ? 'file' : plain
}
