import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { isIP } from 'node:net'
import type { Read } from './mta-sts.ts'
import type { Lookout } from './types.ts'

const largestPolicy = 64 * 1024

/** The policy of a domain, over HTTPS under a certificate in its name; redirections are not followed (RFC 8461 §3.3). */
export function fetchPolicy(domain: string, addresses: readonly string[], lookout: Lookout): Promise<Read<string>> {
  const host = `mta-sts.${domain}`
  const ip = addresses.find(lookout.mayReach)
  if (ip === undefined) return Promise.resolve({ bad: `${host} has no address that may be looked at.` })
  return new Promise((resolve) => {
    const end = (answer: Read<string>) => {
      clearTimeout(timer)
      asked.destroy()
      resolve(answer)
    }
    const timer = setTimeout(() => end({ bad: 'the policy was not handed out in time.' }), lookout.patience)
    const asked = request(
      {
        host,
        servername: host,
        port: lookout.ports.https,
        path: '/.well-known/mta-sts.txt',
        method: 'GET',
        agent: false,
        minVersion: 'TLSv1.2',
        headers: { accept: 'text/plain' },
        lookup: (_host, { all }, done) =>
          all ? done(null, [{ address: ip, family: isIP(ip) }]) : done(null, ip, isIP(ip)),
        ...(lookout.ca === undefined ? {} : { ca: lookout.ca }),
      },
      (answer) => void read(answer).then(end),
    )
    asked.on('error', (error: NodeJS.ErrnoException) =>
      end({
        bad: /CERT|certificate|ALTNAME/i.test(`${error.code} ${error.message}`)
          ? `nobody vouches for the certificate of ${host}.`
          : `${host} could not be reached.`,
      }),
    )
    asked.end()
  })
}

async function read(answer: IncomingMessage): Promise<Read<string>> {
  if (answer.statusCode !== 200) return { bad: `the policy is not there (HTTP ${answer.statusCode}).` }
  if (!/^text\/plain\s*(?:;|$)/i.test(answer.headers['content-type'] ?? ''))
    return { bad: 'the policy is not handed out as plain text.' }
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of answer) {
      size += (piece as Buffer).length
      if (size > largestPolicy) return { bad: 'the policy is too large.' }
      pieces.push(piece as Buffer)
    }
  } catch {
    return { bad: 'the policy broke off.' }
  }
  return { ok: Buffer.concat(pieces).toString('latin1') }
}
