import { endpoint } from '../../api/index.ts'
import { answerSchema, checkSchema } from '../answer.ts'
import { checkChild } from '../check-child.ts'

/** Is this child known to anyone? The answer that this program's user may see; what was searched for stands in no address and no log. */
export const checks = endpoint({
  method: 'POST',
  path: '/api/v1/register/checks',
  permission: 'register.check',
  audit: 'register.checked',
  summary:
    'Asks the linked registers about one child, for a reason and with consent or on a ground stated each time. Answers what the asker may see.',
  body: checkSchema,
  answer: answerSchema,
  bodyLimit: 32 * 1024,
  run: (ctx, { body }) => checkChild(ctx, body),
})
