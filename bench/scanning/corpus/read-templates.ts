import { readFileSync } from 'node:fs'

/** The training templates, one a line; # begins a remark. */
export function readTemplates(): string[] {
  return readFileSync(new URL('./templates.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
}
