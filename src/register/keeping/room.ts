import type { Endpoint } from '../../api/index.ts'
import type { AnyJob, Holding } from '../../platform/index.ts'
import type { NavigationItem, Page } from '../../web/index.ts'
import { readEntry } from './endpoints/read-entry.ts'
import { removeEntry } from './endpoints/remove-entry.ts'
import { writeEntries } from './endpoints/write-entries.ts'
import { writeEntry } from './endpoints/write-entry.ts'

/** What the keeper's side hands to the room. */
export const pages: readonly Page[] = []
export const endpoints: readonly Endpoint[] = [writeEntry, readEntry, removeEntry, writeEntries]
export const jobs: readonly AnyJob[] = []
export const holdings: readonly Holding[] = []
export const navigation: readonly NavigationItem[] = []
