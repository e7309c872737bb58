import type { ManualWork } from '../../platform/index.ts'
import type { Party } from '../../protocols/index.ts'
import type { Consignment, Dispatch } from '../consignment.ts'
import { neutralName } from '../packing/neutral-names.ts'
import type { PackedDocument } from '../packing/pack.ts'
import type { SheetFacts, SheetParty } from '../sheets/sheet.ts'
import type { Attachment } from './message.ts'

/** What sheets say of a dispatch. */
export function sheetFacts(consignment: Consignment, dispatch: Dispatch, party: Party, on: Date): SheetFacts {
  const { name, agencyName, agency, postal, telephone } = consignment.sender
  const role = consignment.disclosure.from.role
  return {
    reference: dispatch.reference,
    on,
    sender: defined({ name, role, agency: agencyName ?? agency, postal, telephone }),
    recipient: defined({
      name: party.name,
      role: party.role,
      agency: party.agency,
      postal: party.postal,
      telephone: party.telephone,
      fax: party.fax,
    }),
  }
}

const defined = (party: { [Key in keyof SheetParty]: string | undefined }): SheetParty =>
  Object.fromEntries(Object.entries(party).filter(([, value]) => value !== undefined && value !== ''))

/** The documents under neutral names, as attachments of a message (CUM-48); numbered from `first`. */
export function documentAttachments(work: ManualWork, { documents }: Consignment, first = 1): Attachment[] {
  return documents.map(({ blobId, name, type }, index) => ({
    name: neutralName(first + index, name),
    type: /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream',
    content: () => contentOf(work, blobId),
  }))
}

/** The documents under their own names, to be packed: the archive hides them. */
export function documentsToPack(work: ManualWork, { documents }: Consignment): PackedDocument[] {
  return documents.map(({ blobId, name, size }) => ({ name, size, read: () => contentOf(work, blobId) }))
}

async function* contentOf(work: ManualWork, blobId: string): AsyncGenerator<Buffer> {
  for await (const piece of await work.house.blobs.read(blobId)) yield Buffer.from(piece as Uint8Array)
}
