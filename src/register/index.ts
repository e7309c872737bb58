// The linked registers: each authority's entries are its own, and one question goes to all of them at once.
// Feeds bring entries in; a check answers what the protocol in force lets the asker see; every enquiry is part of the history.
// Nothing here decides by itself what may be shown: `decide` of protocols/ does.

export type { Check, CheckAnswer, Known } from './answer.ts'
export { answerSchema, checkSchema, knownSchema } from './answer.ts'
export { answerKeeper } from './answer-keeper.ts'
export { askKeeper } from './ask-keeper.ts'
export { checkChild } from './check-child.ts'
export { type CorrectedSince, correctedSince } from './corrected-since.ts'
export { type Entry, entrySchema } from './entry.ts'
export type { Told } from './feeds/feed.ts'
export { feedNamed } from './feeds/index.ts'
export { type Imported, importFeed, importTold } from './import-feed.ts'
export { itemWords } from './rules/words.ts'
export { sayWhetherSame } from './say-whether-same.ts'
export { unreadNotices } from './store/notices.ts'
export { waitingQuestions } from './store/questions.ts'
export { type ChangedItem, changedForAsker, isOfEntry, type SentAbout, whatChanged } from './what-changed.ts'
export { wishToHear } from './wish-to-hear.ts'
