import { feedNamed } from '../../feeds/index.ts'
import type { FeedState } from '../store/open-feeds.ts'

const TAGS: Readonly<Record<FeedState, { text: string; classes: string }>> = {
  waiting: { text: 'Waiting', classes: 'govuk-tag--grey' },
  running: { text: 'Being fed', classes: 'govuk-tag--blue' },
  held: { text: 'Held: asks you', classes: 'govuk-tag--yellow' },
  done: { text: 'Fed', classes: 'govuk-tag--green' },
  refused: { text: 'Not fed', classes: 'govuk-tag--red' },
}
export const feedTag = (state: FeedState) => TAGS[state]

/** What a feed is called in a list. */
export const formatTitle = (format: string): string =>
  format === 'api' ? 'Live feed' : (feedNamed(format)?.title ?? format).replace(/ \(.*$/, '')
