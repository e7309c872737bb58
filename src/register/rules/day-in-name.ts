/** The day that a file's name tells, as 2026-11-14, 20261114 or 14-11-2026; undefined where it tells none. */
export function dayInName(fileName: string): string | undefined {
  const found =
    /(?<!\d)(?<year>20\d\d)(?<by>[-_. ]?)(?<month>\d\d)\k<by>(?<date>\d\d)(?!\d)/.exec(fileName) ??
    /(?<!\d)(?<date>\d\d)(?<by>[-_. ])(?<month>\d\d)\k<by>(?<year>20\d\d)(?!\d)/.exec(fileName)
  if (found?.groups === undefined) return undefined
  const { year, month, date } = found.groups
  const day = `${year}-${month}-${date}`
  const read = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day) ? day : undefined
}

/**
 * Why a file whose rows do not say when they were updated is held, or undefined: its name tells an earlier day than that of a file which was fed before, and it
 * would change somebody. Such a file is an old one, sent by mistake. `fed` are the names of those before.
 */
export function namedForEarlierDay(fileName: string, changes: boolean, fed: readonly string[]): string | undefined {
  const day = dayInName(fileName)
  if (day === undefined || !changes) return undefined
  const later = fed.find((other) => (dayInName(other) ?? '') > day)
  if (later === undefined) return undefined
  return `The file is named for ${day}, and “${later.slice(0, 100)}” was fed before it. Its rows do not say when they were updated, so it would put whoever it tells of back to what was known then. Nothing was changed. Look whether the file is the right one; if it is meant, say so and it is fed.`
}
