/** A row without its empty columns, so that what is absent is absent. */
export function present<T extends object>(row: object): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as T
}
