import type { z } from 'zod'
import { type Entry, entrySchema } from '../entry.ts'
import { moment, nhsNumber, upn, type Value } from './values.ts'

/** What a program sent of a person: the entry with what could be read, and what was set aside (BEX-54). */
export interface Given {
  readonly entry: Entry
  /** When the source says it said so, ISO 8601. */
  readonly updated?: string
  readonly untold: readonly (keyof Entry)[]
  readonly flaws: readonly { readonly field: string; readonly reason: string; readonly value: string }[]
}

const SHAPE: Readonly<Record<string, z.ZodType>> = entrySchema.shape
const NUMBERS: Readonly<Record<string, (text: string) => Value<string>>> = {
  nhsNumber,
  formerNhsNumbers: nhsNumber,
  upn,
  formerUpns: upn,
}

/**
 * Reads an entry field by field, so that a wrong one never keeps a child out of the register: it is set aside, and of a list only the items that are
 * wrong. `today` is YYYY-MM-DD. A sentence when nothing of it is an entry.
 */
export function entryGiven(sent: unknown, today: string): Given | string {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    return 'An entry is a JSON object of its fields.'
  const entry: Record<string, unknown> = {}
  const flaws: { field: string; reason: string; value: string }[] = []
  const untold = new Set<keyof Entry>()
  const setAside = (field: string, reason: string, value: unknown): void => {
    flaws.push({ field, reason, value: (JSON.stringify(value) ?? '').slice(0, 100) })
    const part = field.replace(/[.[].*$/, '')
    if (Object.hasOwn(SHAPE, part)) untold.add(part as keyof Entry)
  }
  let updated: string | undefined
  for (const [field, value] of Object.entries(sent)) {
    if (value === undefined || value === null) continue
    if (field === 'updated') {
      const when = moment(typeof value === 'string' ? value : '', today)
      if ('flaw' in when) setAside('updated', when.flaw, value)
      else updated = when.value
      continue
    }
    const schema = Object.hasOwn(SHAPE, field) ? SHAPE[field] : undefined
    if (schema === undefined) setAside(field.slice(0, 100), 'An entry has no such field.', value)
    else {
      const read = readField(field, schema, value, today, setAside)
      if (read !== undefined) entry[field] = read
    }
  }
  const { born, died } = entry as Entry
  if (died !== undefined && born?.date !== undefined && died < born.date) {
    setAside('died', 'The day of death lies before the birthday.', died)
    delete entry.died
  }
  return { entry: entry as Entry, untold: [...untold], flaws, ...(updated === undefined ? {} : { updated }) }
}

type SetAside = (field: string, reason: string, value: unknown) => void

function readField(field: string, schema: z.ZodType, value: unknown, today: string, setAside: SetAside): unknown {
  const inner = unwrapped(schema)
  if (inner.element !== undefined && Array.isArray(value)) {
    const most = inner.most ?? value.length
    if (value.length > most) setAside(field, `More than ${most} are given; the first ${most} were kept.`, value.length)
    return value.slice(0, most).flatMap((one, at) => {
      const read = readValue(`${field}[${at}]`, inner.element!, one, today, setAside, NUMBERS[field])
      return read === undefined ? [] : [read]
    })
  }
  if (inner.shape !== undefined && field !== 'shielded' && typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).flatMap(([name, part]) => {
      const wanted = Object.hasOwn(inner.shape!, name) ? inner.shape![name] : undefined
      if (wanted === undefined) {
        setAside(`${field}.${name.slice(0, 60)}`, 'An entry has no such field.', part)
        return []
      }
      const ahead = name === 'expected' ? '9999-12-31' : today
      const read = readValue(`${field}.${name}`, wanted, part, ahead, setAside)
      return read === undefined ? [] : [[name, read] as const]
    })
    return parts.length === 0 ? undefined : Object.fromEntries(parts)
  }
  return readValue(field, schema, value, today, setAside, NUMBERS[field])
}

function readValue(
  field: string,
  schema: z.ZodType,
  value: unknown,
  today: string,
  setAside: SetAside,
  number?: (text: string) => Value<string>,
): unknown {
  const unkept = /\\u(?:0000|d[89a-f])/i.test(JSON.stringify(value) ?? '')
  const read = unkept ? undefined : schema.safeParse(value)
  if (read?.success !== true) {
    const issue = read?.error.issues[0]
    const where = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')})`
    setAside(
      field,
      unkept ? 'It holds characters that no text has.' : `${issue?.message ?? 'Not valid'}${where}.`,
      value,
    )
    // Whoever is to be shielded and whose reason could not be read is shielded all the same.
    return field === 'shielded' ? { because: 'the reason could not be read', visibleTo: [] } : undefined
  }
  if (number !== undefined) {
    const checked = number(read.data as string)
    if ('value' in checked) return checked.value
    setAside(field, checked.flaw, value)
    return undefined
  }
  if (liesAhead(read.data, today)) {
    setAside(field, 'The day lies in the future.', value)
    return undefined
  }
  return read.data
}

/** A day on which something happened cannot lie ahead; when something ends, it may. */
function liesAhead(value: unknown, today: string): boolean {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d$/.test(value) && value > today
  if (typeof value !== 'object' || value === null) return false
  const { on, from } = value as { on?: unknown; from?: unknown }
  return [on, from].some((day) => typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) && day > today)
}

interface Inner {
  readonly element?: z.ZodType
  readonly most?: number
  readonly shape?: Readonly<Record<string, z.ZodType>>
}

/** What is inside an optional list or object of the schema. */
function unwrapped(schema: z.ZodType): Inner {
  const { innerType } = schema.def as { innerType?: z.ZodType }
  const inner = innerType ?? schema
  const { element, shape } = inner as { element?: z.ZodType; shape?: Record<string, z.ZodType> }
  const most = (inner as { _zod?: { bag?: { maximum?: number } } })._zod?.bag?.maximum
  return {
    ...(element === undefined ? {} : { element }),
    ...(most === undefined ? {} : { most }),
    ...(shape === undefined ? {} : { shape }),
  }
}
