import type { Item } from '../protocols/index.ts'
import type { Draft } from './draft.ts'

export interface Correction {
  readonly item: Item
  readonly wrong: string
  readonly right: string
  readonly how: string
}

/**
 * The draft of a disclosure that puts another right: the same people, grounds and considerations, the item that was wrong, with what is right beside it, and only
 * the recipients who were sent it (BEX-55). It is decided like any other; what was confirmed about the first does not count for it.
 */
export function correctionDraft(
  draft: Draft,
  reference: string,
  { item, wrong, right, how }: Correction,
  recipients: readonly number[],
): Draft {
  const words = [
    `This puts right what we sent you under the reference ${reference}.`,
    `What was wrong: ${wrong}`,
    `What is right: ${right}`,
    `How we know: ${how}`,
    'Please correct it wherever you have recorded it, and tell those to whom you passed it on.',
  ].join('\n')
  const why = 'What they hold is wrong, and decisions may rest on it'
  const name = draft.items.find((one) => one.item === 'name')
  const { confirmed: _confirmed, authorisedBy: _authorisedBy, notShared: _notShared, ...kept } = draft
  return {
    ...kept,
    confirmed: [],
    items: [
      ...(name === undefined || item === 'name' ? [] : [{ ...name, parts: [] }]),
      { item, parts: [{ section: 'correction', words }], why },
    ],
    recipients: draft.recipients.filter((_one, index) => recipients.includes(index)),
  }
}
