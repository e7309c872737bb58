/** What a message says and carries, for a recipient who gets it another way than as e-mail. */
import { markupText } from '../contents/index.ts'
import type { Leaf, Message } from '../reading/index.ts'

export interface Letter {
  readonly letter: string
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[]
}

export const letterAndFiles = (message: Message): Letter => ({
  letter: letterOf(message),
  files: filesOf(message).map((leaf, at) => ({ name: nameOf(leaf, at + 1), type: leaf.type, bytes: leaf.bytes })),
})

/** The words of the message, as the recipient reads them elsewhere. */
function letterOf({ leaves, envelope }: Message): string {
  const bodies = leaves.filter((leaf) => leaf.body && leaf.text !== undefined)
  const plain = bodies.filter((leaf) => leaf.type !== 'text/html')
  const text = (plain.length > 0 ? plain : bodies)
    .map((leaf) => (leaf.type === 'text/html' ? markupText(leaf.text!.slice(0, 2_000_000)).text : leaf.text!))
    .join('\n\n')
    .replace(/\r\n/g, '\n')
    .trim()
  return [envelope.subject, text].filter((one) => one !== '').join('\n\n')
}

/** The files that go with it. */
const filesOf = ({ leaves }: Message): Leaf[] => leaves.filter((leaf) => !leaf.body || leaf.text === undefined)

const nameOf = (leaf: Leaf, number: number): string =>
  (leaf.names[0] ?? `part-${number}`).replace(/[\\/\x00-\x1f\x7f]/g, '_').slice(-200)
