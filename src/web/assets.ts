import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { sha256Hex } from '../platform/index.ts'

export interface Asset {
  readonly address: string
  readonly type: string
  readonly content: Buffer
}

export interface Assets {
  readonly css: string
  readonly js: string
  readonly start: string
  readonly icon: string
  readonly all: readonly Asset[]
}

// The typeface and the crown are for gov.uk alone; everything else of the design system is ours to use.
const FONTS = '"Helvetica Neue",Helvetica,Arial'

/** Our style sheet and scripts, each under an address that names its content and so may be cached for ever. */
export function readAssets(): Assets {
  const govuk = join(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')), 'dist', 'govuk')
  const own = (name: string) => readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8')
  const theirs = readFileSync(join(govuk, 'govuk-frontend.min.css'), 'utf8')
    .replaceAll(/@font-face\{[^}]*\}/g, '')
    .replaceAll('GDS Transport,arial', FONTS)
    .replaceAll(/\/\*# sourceMappingURL.*?\*\//g, '')
  const js = readFileSync(join(govuk, 'govuk-frontend.min.js'), 'utf8').replaceAll(/\/\/# sourceMappingURL.*$/gm, '')
  const asset = (name: string, type: string, content: string): Asset => ({
    address: `/assets/${sha256Hex(content).slice(0, 12)}/${name}`,
    type,
    content: Buffer.from(content),
  })
  const css = asset('safehaven.css', 'text/css; charset=utf-8', `${theirs}\n${own('safehaven.css')}`)
  const library = asset('govuk-frontend.js', 'text/javascript; charset=utf-8', js)
  const start = asset(
    'start.js',
    'text/javascript; charset=utf-8',
    `import { initAll } from '${library.address}'\ninitAll()\n${own('look-again.js')}`,
  )
  const icon = asset('icon.svg', 'image/svg+xml', own('icon.svg'))
  return {
    css: css.address,
    js: library.address,
    start: start.address,
    icon: icon.address,
    all: [css, library, start, icon],
  }
}
