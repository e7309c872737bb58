import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import nunjucks from 'nunjucks'
import { describeSize } from '../platform/index.ts'

const SOURCES = fileURLToPath(new URL('..', import.meta.url))
const GOVUK = dirname(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')))

export interface Templates {
  render(template: string, model: object): string
}

/** Templates are named from src/: "sharing/pages/consent.njk". Everything put into them is escaped. */
export function openTemplates(): Templates {
  const environment = new nunjucks.Environment(
    new nunjucks.FileSystemLoader([SOURCES, join(GOVUK, 'govuk-frontend', 'dist')]),
    {
      autoescape: true,
      throwOnUndefined: false,
    },
  )
  // GOV.UK's macros trim everything many times; nunjucks' own filter does it by a slow pattern and takes three quarters of a page's time.
  const { SafeString } = nunjucks.runtime as unknown as { SafeString: new (text: string) => object }
  environment.addFilter('trim', (text: unknown) => {
    if (text === null || text === undefined) return ''
    const trimmed = String(text).trim()
    return text instanceof SafeString ? new SafeString(trimmed) : trimmed
  })
  environment.addFilter('day', (value: unknown) => formatDay(value))
  environment.addFilter('moment', (value: unknown) => formatMoment(value))
  environment.addFilter('filesize', (value: unknown) => describeSize(Number(value)))
  environment.addFilter('count', (value: unknown) => Number(value).toLocaleString('en-GB'))
  return { render: (template, model) => environment.render(template, model) }
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'Europe/London',
})
const TIME = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: '2-digit',
  // In English `hour12` says 0:05pm for five past noon.
  hourCycle: 'h12',
  timeZone: 'Europe/London',
})

/** "27 March 2015", of an instant or of "2015-03-27"; an empty text for nothing. */
export function formatDay(value: unknown): string {
  const instant =
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? new Date(`${value}T12:00:00Z`)
      : new Date(value as Date)
  return value === null || value === undefined || Number.isNaN(instant.getTime()) ? '' : DAY.format(instant)
}

/** "27 March 2015 at 9:05am", by London's clock. */
export function formatMoment(value: unknown): string {
  const instant = new Date(value as Date)
  if (value === null || value === undefined || Number.isNaN(instant.getTime())) return ''
  return `${DAY.format(instant)} at ${TIME.format(instant).replace(/\s/g, '').toLowerCase()}`
}
