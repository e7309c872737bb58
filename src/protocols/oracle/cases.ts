import { bexley2015 } from './cases/bexley-2015.ts'
import { bexley2015Routes } from './cases/bexley-2015-routes.ts'
import { bournemouth2016 } from './cases/bournemouth-2016.ts'
import type { Case } from './cases/case.ts'
import { cumbria2015 } from './cases/cumbria-2015.ts'
import { cumbria2015Mail } from './cases/cumbria-2015-mail.ts'
import { mps2008 } from './cases/mps-2008.ts'
import { uk2026 } from './cases/uk-2026.ts'
import { westYorkshire2005 } from './cases/west-yorkshire-2005.ts'

/** What each authority's document asks of a disclosure, case by case. */
export const cases: readonly Case[] = [
  ...mps2008,
  ...cumbria2015,
  ...cumbria2015Mail,
  ...bexley2015,
  ...bexley2015Routes,
  ...bournemouth2016,
  ...westYorkshire2005,
  ...uk2026,
]
