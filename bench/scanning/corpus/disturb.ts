import type { Labelled } from './fill.ts'
import type { Chance } from './random.ts'

/** The same text as people write it in a hurry: lower case, capitals, or a slip in a name or another word. Lengths stay. */
export function disturb(clean: Labelled, by: Chance): Labelled {
  const sample = by.odds(0.25) ? slip(clean, by) : clean
  const way = by.next()
  if (way < 0.1 && sample.text.toLowerCase().length === sample.text.length)
    return { ...sample, text: sample.text.toLowerCase() }
  if (way < 0.15 && sample.text.toUpperCase().length === sample.text.length)
    return { ...sample, text: sample.text.toUpperCase() }
  if (way < 0.19) {
    let text = sample.text
    for (const span of sample.spans) {
      const inner = text.slice(span.start, span.end)
      const changed = by.odds(0.5) ? inner.toUpperCase() : inner.toLowerCase()
      if (changed.length === inner.length) text = text.slice(0, span.start) + changed + text.slice(span.end)
    }
    return { ...sample, text }
  }
  if (way < 0.23) {
    let text = sample.text
    for (const span of sample.spans)
      if (span.tag === 'PERSON' && span.end - span.start > 4) {
        const at = span.start + 1 + by.below(span.end - span.start - 3)
        if (text[at] !== ' ' && text[at + 1] !== ' ')
          text = text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
      }
    return { ...sample, text }
  }
  return sample
}

/** Two letters changed places, or one doubled for another, in some words that are no names. */
function slip(sample: Labelled, by: Chance): Labelled {
  const text = sample.text.replace(/[a-z]{4,}/g, (word, at: number) => {
    if (
      !by.odds(0.15) ||
      sample.spans.some((span) => span.start < at + word.length && at < span.end) ||
      sample.text[at - 1] === '@'
    )
      return word
    const spot = 1 + by.below(word.length - 2)
    return by.odds(0.5)
      ? word.slice(0, spot) + word[spot + 1] + word[spot] + word.slice(spot + 2)
      : word.slice(0, spot) + by.pick([...'aeiounrst']) + word.slice(spot + 1)
  })
  return { ...sample, text }
}
