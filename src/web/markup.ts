import nunjucks from 'nunjucks'

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it may stand in HTML or SVG, in content and in quoted attributes. */
export const escapeMarkup = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)

/**
 * Markup drawn by our own code, such as a chart, for a template to put in as it is. Everything in it that was ever typed must have gone through `escapeMarkup`.
 * The only way past the escaping: templates have no `safe` of their own, and a test looks.
 */
export const markup = (drawn: string): object => new nunjucks.runtime.SafeString(drawn)
