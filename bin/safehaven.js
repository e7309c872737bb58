#!/usr/bin/env node
import { existsSync } from 'node:fs'

const entry = new URL('../dist/main/safehaven.js', import.meta.url)
if (!existsSync(entry)) {
  console.error('Safehaven is not built yet. Run: npm ci')
  process.exit(3)
}
await import(entry.href)
