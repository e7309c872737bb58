import { formatDay } from '../../web/index.ts'

/** Days as they are said: "9 March 2015" for 2015-03-09. */
export const inWords = (line: string): string =>
  line.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => formatDay(day) || day)
