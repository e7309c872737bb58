#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from '../scripts/build-if-stale.mjs'

const entry = new URL('../dist/main/safehaven.js', import.meta.url)
buildIfStale(fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, ''))
if (!existsSync(entry)) {
  console.error('Safehaven is not built yet. Run: npm ci')
  process.exit(3)
}
await import(entry.href)
