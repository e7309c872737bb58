// What was typed into a form, before any schema.
import type { z } from 'zod'

/** Field by field, as the browser sent it, trimmed: one text, or several of one name. */
export type Typed = Readonly<Record<string, string | readonly string[]>>

const FIELDS_LIMIT = 5_000

/** Reads an urlencoded or multipart form's pairs: trims, makes line ends \n, drops U+0000, takes empty ones out. */
export function readTyped(pairs: Iterable<readonly [string, string]>): Typed {
  const typed: Record<string, string | string[]> = Object.create(null)
  let count = 0
  for (const [name, raw] of pairs) {
    if (name === '_token' || name === '__proto__' || ++count > FIELDS_LIMIT) continue
    const value = raw.replaceAll('\r\n', '\n').replaceAll('\0', '').trim()
    if (value === '') continue
    const before = typed[name]
    typed[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  return typed
}

/** Sentences by field, from zod's issues: the first of each field counts. */
export function sentencesOf(error: z.ZodError): Record<string, string> {
  const sentences: Record<string, string> = {}
  for (const issue of error.issues) {
    const field = issue.path.length === 0 ? '' : String(issue.path[0])
    sentences[field] ??= plainSentence(issue)
  }
  return sentences
}

// zod's own words are for programmers. A schema that says nothing itself gets these.
function plainSentence(issue: z.core.$ZodIssue): string {
  if (!/^(Invalid|Too|Unrecognized)/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'Fill in this field' : 'This is not in the form expected'
    case 'too_big':
      return issue.origin === 'string'
        ? `Shorten this to ${issue.maximum} characters or fewer`
        : `Enter at most ${issue.maximum}`
    case 'too_small':
      return issue.origin === 'string' ? 'Fill in this field' : `Enter at least ${issue.minimum}`
    case 'invalid_value':
      return 'Choose one of the answers'
    case 'unrecognized_keys':
      return 'The form held something that does not belong to it. Reload the page and try again'
    default:
      return 'This is not in the form expected'
  }
}
