/** A connection of smtp-server, as far as it is spoken to here. */
export interface Connection {
  readonly id: string
  send(code: number, text: string): void
  close(): void
  handler_MAIL(command: Buffer | string, done: () => void): void
  handler_RCPT(command: Buffer | string, done: () => void): void
}

/**
 * Refuses an address with a route before it (`<@a,@b:c@d>`, RFC 5321 §4.1.1.3 and appendix C). The server would drop the route in silence and
 * take the rest, which is not the address that was written.
 */
export function refuseSourceRoutes(connection: Connection): void {
  for (const verb of ['handler_MAIL', 'handler_RCPT'] as const) {
    const usual = connection[verb].bind(connection)
    connection[verb] = (command, done) => {
      if (!sourceRouted(command.toString())) return usual(command, done)
      connection.send(553, '5.1.3 Routes through other servers are not taken. Write the address alone.')
      done()
    }
  }
}

export const sourceRouted = (command: string): boolean => /^\s*(?:MAIL\s+FROM|RCPT\s+TO)\s*:\s*<?\s*@/i.test(command)
