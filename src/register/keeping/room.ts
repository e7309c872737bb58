import type { Endpoint } from '../../api/index.ts'
import type { AnyJob, Holding } from '../../platform/index.ts'
import type { NavigationItem, Page } from '../../web/index.ts'
import { readEntry } from './endpoints/read-entry.ts'
import { removeEntry } from './endpoints/remove-entry.ts'
import { writeEntries } from './endpoints/write-entries.ts'
import { writeEntry } from './endpoints/write-entry.ts'
import { holdings as held } from './holdings.ts'
import { feedFile } from './jobs/feed-file.ts'
import { tellCorrections } from './jobs/tell-corrections.ts'
import { feed, feedToMend } from './pages/feed.ts'
import { feeds } from './pages/feeds.ts'
import { keepingTime } from './pages/keeping-time.ts'

/** What the keeper's side hands to the room. */
export const pages: readonly Page[] = [feeds, feed, feedToMend, keepingTime]
export const endpoints: readonly Endpoint[] = [writeEntry, readEntry, removeEntry, writeEntries]
export const jobs: readonly AnyJob[] = [feedFile, tellCorrections]
export const holdings: readonly Holding[] = held
export const navigation: readonly NavigationItem[] = [
  { text: 'Feeds', href: '/register/feeds', permission: 'register.import' },
]
