/** Why a backup cannot be restored here. Its message is the sentence that the operator reads. */
export class BackupRefused extends Error {
  readonly why: Why

  constructor(why: Why, sentence: string) {
    super(sentence)
    this.name = 'BackupRefused'
    this.why = why
  }
}

export type Why = 'not-a-backup' | 'other-secret' | 'damaged' | 'other-version' | 'not-empty' | 'running'
