import type { Route } from '../../protocols/index.ts'
import { byHand } from './by-hand.ts'
import { email } from './email.ts'
import { encryptedAttachment } from './encrypted-attachment.ts'
import { fax } from './fax.ts'
import { internalEmail } from './internal-email.ts'
import { meeting } from './meeting.ts'
import { portal } from './portal.ts'
import { post } from './post.ts'
import { recordedPost } from './recorded-post.ts'
import { register } from './register.ts'
import type { TransferRoute } from './route.ts'
import { secureEmail } from './secure-email.ts'
import { telephone } from './telephone.ts'
import { text } from './text.ts'

/** Every route; the shared suite tests each one unasked. */
export const routes: readonly TransferRoute[] = [
  internalEmail,
  secureEmail,
  portal,
  encryptedAttachment,
  recordedPost,
  byHand,
  post,
  meeting,
  telephone,
  fax,
  email,
  text,
  register,
]

/** Routes that Safehaven carries by itself. */
export const carried: readonly Route[] = routes.filter(({ carrier }) => carrier === 'safehaven').map(({ id }) => id)

export function routeNamed(id: Route): TransferRoute {
  const found = routes.find((route) => route.id === id)
  if (!found) throw new Error(`there is no route ${id}`)
  return found
}
