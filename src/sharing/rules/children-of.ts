import type { Draft } from '../draft.ts'

/** The children whom a draft is about, as far as the registers may know them. */
export const childrenOf = (draft: Pick<Draft, 'people'>) =>
  draft.people
    .filter((one) => one.part === 'child')
    .map(({ name, alias, born, age, address, nhsNumber }) => ({
      name,
      ...(alias === undefined || alias === '' ? {} : { aliases: [alias] }),
      ...(born === undefined ? {} : { born }),
      ...(age === undefined ? {} : { age }),
      ...(address === undefined || address === '' ? {} : { address }),
      ...(nhsNumber === undefined || nhsNumber === '' ? {} : { nhsNumber }),
    }))
