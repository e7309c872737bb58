// A thread of Node 20 cannot read TypeScript by itself: used when the project runs from source, never when built.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
