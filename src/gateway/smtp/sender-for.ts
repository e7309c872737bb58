import { type Person, userByAddress } from '../../people/index.ts'
import { type House, system } from '../../platform/index.ts'
import { forEach, prepared, Together } from '../queue/index.ts'
import { Refused } from './replies.ts'
import type { SignedIn } from './sign-in.ts'

const peopleTogether = forEach(
  (house: House) =>
    new Together<string, Person | undefined>((list) =>
      house.database.transaction(
        system,
        async (tx) => {
          const wanted = [...new Set(list)]
          const found = await Promise.all(wanted.map((address) => userByAddress(prepared(tx), address)))
          return list.map((address) => found[wanted.indexOf(address)])
        },
        { readOnly: true, pipelined: true },
      ),
    ),
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
