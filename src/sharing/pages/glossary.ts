import { readFileSync } from 'node:fs'
import { page, view } from '../../web/index.ts'

interface Word {
  readonly word: string
  readonly means: string
}

let read: readonly Word[] | undefined

/** The words of GLOSSARY.md, which is the one place where they stand. */
function glossaryWords(): readonly Word[] {
  read ??= readFileSync(new URL('../../../GLOSSARY.md', import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const found = /^\| \*\*(.+?)\*\* \| (.+) \|$/.exec(line)
      return found === null ? [] : [{ word: found[1]!, means: found[2]! }]
    })
  return read
}

/** What the words mean, between professions (BEX-9). */
export const glossary = page({
  path: '/words',
  permission: 'protocol.read',
  audit: 'glossary.read',
  get: async () => view('sharing/pages/glossary.njk', { title: 'What the words mean', words: glossaryWords() }),
})
