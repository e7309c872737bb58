/** Without the parts that are missing. */
export function compact<T extends object>(found: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = {} as Record<string, unknown>
  for (const key in found) if (found[key] !== undefined) kept[key] = found[key]
  return kept as never
}

/** The list, or nothing when it is empty. */
export function some<T>(list: readonly T[]): T[] | undefined {
  return list.length > 0 ? [...list] : undefined
}
