/**
 * Looking into files: what they are by signature, the text in them and around it, whether they are protected.
 * Pure, within a budget shared by all files of a message; what cannot be looked into is said, never passed over.
 */
export { lookInside } from './look-inside.ts'
export { markupText } from './markup.ts'
export { typeOf } from './signature.ts'
export type { Contents, Inside, Piece, Problem, Protection } from './types.ts'
export { Work, type WorkLimits, workLimits } from './work.ts'
