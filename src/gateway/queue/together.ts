/**
 * Does for many at once what each of them asks for: whoever asks while a round is under way is in the next. Nobody waits for company, and under
 * load one transaction serves all who came meanwhile. A round that fails is tried for each of its askers alone, so that none fails for another's.
 */
export class Together<Asked, Answer> {
  private readonly round: (asked: readonly Asked[]) => Promise<readonly Answer[]>
  private readonly most: number
  private readonly line: { asked: Asked; resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = []
  private busy = false

  constructor(round: (asked: readonly Asked[]) => Promise<readonly Answer[]>, most = 32) {
    this.round = round
    this.most = most
  }

  ask(asked: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.line.push({ asked, resolve, reject })
      if (!this.busy) void this.run()
    })
  }

  private async run(): Promise<void> {
    this.busy = true
    // Those who ask in the same moment are in the first round already.
    await Promise.resolve()
    while (this.line.length > 0) {
      const now = this.line.splice(0, this.most)
      try {
        const answers = await this.round(now.map((one) => one.asked))
        now.forEach((one, at) => void one.resolve(answers[at] as Answer))
      } catch (error) {
        if (now.length === 1) now[0]!.reject(error)
        else
          for (const one of now)
            await this.round([one.asked]).then(([answer]) => one.resolve(answer as Answer), one.reject)
      }
    }
    this.busy = false
  }
}

/** One of its kind for each house. */
export function forEach<House extends object, Kind>(make: (house: House) => Kind): (house: House) => Kind {
  const made = new WeakMap<House, Kind>()
  return (house) => {
    const known = made.get(house) ?? make(house)
    made.set(house, known)
    return known
  }
}
