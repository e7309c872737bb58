import { type Person, userByAddress } from '../../people/index.ts'
import { type House, system, type Tx } from '../../platform/index.ts'
import { forEach, NotRemembered, prepared, rememberedOf, Together } from '../queue/index.ts'
import { Refused } from './replies.ts'
import type { SignedIn } from './sign-in.ts'

/** Whose address it is. Several who ask at one time ask in one transaction; what is remembered is asked again when the directory has changed. */
const peopleTogether = forEach(
  (house: House) =>
    new Together<string, Person | undefined>(async (list) => {
      const memory = await rememberedOf(house)
      const known = (address: string, tx?: Tx) =>
        memory.once(`person ${address}`, tx && (() => userByAddress(prepared(tx), address)))
      try {
        return await Promise.all(list.map(async (address) => known(address)))
      } catch (error) {
        if (!(error instanceof NotRemembered)) throw error
      }
      return house.database.transaction(system, (tx) => Promise.all(list.map((address) => known(address, tx))), {
        readOnly: true,
        pipelined: true,
        plannedOnce: true,
      })
    }),
)

/** Whose message it is. A person sends as themselves; a mail server hands in for the people of its agency. */
export async function senderFor(house: House, who: SignedIn | undefined, address: string): Promise<Person> {
  if (who === undefined) throw new Refused(530, '5.7.0 Sign in first.')
  if (address === '') throw new Refused(550, '5.7.1 Mail without a sender is not taken here.')
  if (who.kind === 'user') {
    if (who.person.email?.toLowerCase() !== address.toLowerCase())
      throw new Refused(
        553,
        '5.7.1 You may send as yourself only. Check the address that your mail program sends from.',
      )
    return who.person
  }
  const person = await peopleTogether(house).ask(address)
  if (person?.agency !== who.agency)
    throw new Refused(
      553,
      '5.7.1 Nobody of this agency has this address. Ask whoever looks after accounts to enter it.',
    )
  return person
}
