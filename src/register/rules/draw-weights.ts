import { escapeMarkup } from '../../web/index.ts'
import type { Found } from '../answer.ts'
import { percent } from './doubt.ts'

interface Bar {
  readonly text: string
  readonly says: string
  /** In bits; 0 or more speaks for one person. */
  readonly weight: number
}

/**
 * The weight of a match, field by field, as bars to the right of the middle for what speaks for one person and to the left for what speaks
 * against. Every bar has its words beside it, so that nothing stands in the picture alone. Returns HTML that was escaped.
 */
export function drawWeights(found: Pick<Found, 'fields' | 'prior' | 'rival' | 'weight' | 'probability'>): string {
  const bars: Bar[] = [
    {
      text: 'Before anything is compared',
      says: `one in ${likelihood(2 ** -found.prior)} people is the one sought`,
      weight: found.prior,
    },
    ...found.fields.map(({ text, weight }) => ({ text, weight, says: inWords(weight) })),
    ...(found.rival.weight < -0.05
      ? [{ text: found.rival.text, weight: found.rival.weight, says: inWords(found.rival.weight) }]
      : []),
  ]
  const most = Math.max(1, ...bars.map(({ weight }) => Math.abs(weight)), Math.abs(found.weight))
  const rows = bars.map((bar) => `<li class="register-weight">${row(bar, most)}</li>`).join('')
  const total = row(
    { text: 'Together', says: `the same person with ${percent(found.probability)}`, weight: found.weight },
    most,
  )
  return `<ol class="govuk-list register-weights">${rows}<li class="register-weight register-weight--total">${total}</li></ol>`
}

function row({ text, says, weight }: Bar, most: number): string {
  const length = Math.max(0.5, Math.min(100, (Math.abs(weight) / most) * 100))
  const speaks = weight >= 0 ? 'for' : 'against'
  const from = weight >= 0 ? 100 : 100 - length
  return `<span class="register-weight__text">${escapeMarkup(text)}</span> <span class="register-weight__says">${escapeMarkup(says)}</span>
<svg class="register-weight__bar" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="register-weight__ground" x="0" y="4.5" width="200" height="1"/><rect class="register-weight__${speaks}" x="${from.toFixed(1)}" y="1" width="${length.toFixed(1)}" height="8"/><rect class="register-weight__middle" x="99.6" y="0" width="0.8" height="10"/></svg>`
}

/** Ten bits are about a thousand times. */
function inWords(weight: number): string {
  const times = 2 ** Math.abs(weight)
  if (times < 1.2) return 'says little either way'
  return weight > 0 ? `for: ${likelihood(times)} times likelier` : `against: ${likelihood(times)} times less likely`
}

function likelihood(times: number): string {
  if (times >= 1e9) return 'more than a thousand million'
  if (times < 10) return times.toFixed(1).replace(/\.0$/, '')
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(times)) - 1)
  return (Math.round(times / digits) * digits).toLocaleString('en-GB')
}
