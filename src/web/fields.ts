import { z } from 'zod'

/** A line or paragraph that must be filled in; `sentence` says what to enter. */
export const text = (sentence: string, limit = 500) =>
  z.string(sentence).min(1, sentence).max(limit, `Shorten this to ${limit} characters or fewer`)

/** A line or paragraph that may be left empty. */
export const optionalText = (limit = 500) =>
  z.string().max(limit, `Shorten this to ${limit} characters or fewer`).optional()

/** One of the answers. */
export const choice = <const Choices extends readonly [string, ...string[]]>(choices: Choices, sentence: string) =>
  z.enum(choices, sentence)

/** Any of the answers (checkboxes): always a list, empty when none is ticked. */
export const choices = <const Choices extends readonly [string, ...string[]]>(
  all: Choices,
  sentence = 'Choose from the list',
) => z.preprocess(asList, z.array(z.enum(all, sentence)))

/** Any number of texts under one name: always a list. */
export const texts = (limit = 500, count = 100) =>
  z.preprocess(asList, z.array(z.string().max(limit)).max(count, `Enter at most ${count}`))

/** A single tick box. */
export const tick = () => z.preprocess((value) => value !== undefined, z.boolean())

const asList = (value: unknown) => (value === undefined ? [] : Array.isArray(value) ? value : [value])

/**
 * A form that holds day fields in GOV.UK's manner (`born-day`, `born-month`, `born-year`), which come to the schema as one "YYYY-MM-DD" under `born`.
 * Use with `day(…)` or `optionalDay()` for that field.
 */
export const withDays = <Shape extends z.ZodType>(fields: readonly string[], schema: Shape) =>
  z.preprocess((typed) => {
    const joined: Record<string, unknown> = { ...(typed as Record<string, unknown>) }
    for (const field of fields) {
      const parts = ['year', 'month', 'day'].map((part) => joined[`${field}-${part}`])
      if (parts.every((part) => part === undefined)) continue
      joined[field] = parts
        .map((part, index) => (typeof part === 'string' ? part : '').padStart(index === 0 ? 4 : 2, '0'))
        .join('-')
    }
    return joined
  }, schema) as unknown as Shape

const isDay = (value: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const instant = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value) && value >= '1850-01-01'
}

/** A day that exists, "YYYY-MM-DD". */
export const day = (sentence: string) => z.string(sentence).refine(isDay, 'Enter a day that exists, such as 27 3 2015')
export const optionalDay = () => z.string().refine(isDay, 'Enter a day that exists, such as 27 3 2015').optional()
