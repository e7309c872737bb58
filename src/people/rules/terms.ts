/** The words that everyone accepts by name before they work here (CUM-57, WY-6). A changed text is a new version and is accepted anew. */
export const TERMS = {
  version: '2026-1',
  paragraphs: [
    'What you learn here is confidential. You use it only to protect children and promote their welfare, and pass it on only to those who need it for that.',
    'You look up only those about whom you have a reason to ask, and state that reason truthfully. Every look and every act is recorded with your name.',
    'Your sign-in is yours alone. You lend it to nobody and leave no screen open that others can read.',
    'You report a mistake, a loss or a message gone astray at once. Reporting it is never held against you; hiding it is.',
    'Misuse may lead to disciplinary action, and to prosecution under section 170 of the Data Protection Act 2018.',
  ],
} as const
