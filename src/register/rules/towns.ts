/** `Flat 3`, `12`, `12a`, `Unit 4b`: what stands before the street's name. */
const BEFORE_STREET = /^(?:flat|apartment|apt|unit|room|floor|no)?\.?\s*\d*\s*[a-z]?$/i
const POSTCODE = /^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$/i
const MOST = 3

/**
 * The places that an address names after its street: `12 High Street, Kirkvale` is in Kirkvale. An address of one part says none. At most three;
 * a postcode is none of them.
 */
export function townsIn(address: string): string[] {
  const parts = address
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const street = parts.findIndex((part) => !BEFORE_STREET.test(part))
  if (street < 0) return []
  return parts
    .slice(street + 1)
    .filter((part) => !POSTCODE.test(part) && !BEFORE_STREET.test(part))
    .slice(0, MOST)
}
