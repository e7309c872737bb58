import { readFileSync } from 'node:fs'
import type { Labelled, Tag } from './fill.ts'

const tagOf: Readonly<Record<string, Tag>> = { PER: 'PERSON', LOC: 'LOCATION', ORG: 'ORGANISATION' }

/** Sentences of the Universal NER treebank (IOB2), each with its running text and its spans in UTF-16 units. */
export function readEwt(path: string): Labelled[] {
  const sentences: Labelled[] = []
  let text = ''
  let at = 0
  let spans: { start: number; end: number; tag: Tag }[] = []
  for (const line of [...readFileSync(path, 'utf8').split('\n'), '']) {
    if (line.startsWith('# text = ')) {
      text = line.slice(9)
      at = 0
      spans = []
    } else if (line === '') {
      if (text) sentences.push({ text, spans })
      text = ''
    } else if (!line.startsWith('#')) {
      const [, form, label] = line.split('\t')
      const start = text.indexOf(form!, at)
      if (start < 0) throw new Error(`The word ${form} is not in its sentence: ${text}`)
      at = start + form!.length
      const tag = tagOf[label!.slice(2)]
      const open = spans[spans.length - 1]
      if (tag && label!.startsWith('B')) spans.push({ start, end: at, tag })
      else if (tag && open) open.end = at
    }
  }
  return sentences
}
