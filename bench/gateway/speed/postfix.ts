// Debian's Postfix by itself, in folders of its own, between the same sender and the same next hop.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Starts it and gives what stops it. `encrypted`: TLS in and out, as Safehaven does it; otherwise as it is unpacked, in the clear. */
export function startPostfix(
  folder: string,
  ports: { readonly in: number; readonly hop: number },
  certificate: { readonly cert: string; readonly key: string } | undefined,
): () => void {
  const base = join(folder, certificate === undefined ? 'plain' : 'encrypted')
  for (const one of ['etc', 'spool', 'data']) mkdirSync(join(base, one), { recursive: true, mode: 0o755 })
  chmodSync(folder, 0o755)
  execFileSync('chown', ['postfix', join(base, 'data')])
  if (certificate !== undefined) {
    writeFileSync(join(base, 'cert.pem'), certificate.cert)
    writeFileSync(join(base, 'key.pem'), certificate.key, { mode: 0o600 })
  }
  const settings = [
    'compatibility_level = 3.6',
    `queue_directory = ${base}/spool`,
    `data_directory = ${base}/data`,
    'inet_interfaces = loopback-only',
    'inet_protocols = ipv4',
    'mydestination =',
    'mynetworks = 127.0.0.0/8',
    'myhostname = bench.example',
    'alias_maps =',
    'alias_database =',
    `maillog_file = ${base}/data/log`,
    `maillog_file_prefixes = ${base}`,
    'smtpd_relay_restrictions = permit_mynetworks, reject',
    'smtpd_client_connection_rate_limit = 0',
    // By itself it slows down who hands in faster than it delivers, by a second at a time: without that its waits can be compared.
    'in_flow_delay = 0',
    'smtp_host_lookup = native',
    `relayhost = [localhost]:${ports.hop}`,
    ...(certificate === undefined
      ? []
      : [
          'smtpd_tls_security_level = encrypt',
          `smtpd_tls_cert_file = ${base}/cert.pem`,
          `smtpd_tls_key_file = ${base}/key.pem`,
          'smtp_tls_security_level = secure',
          `smtp_tls_CAfile = ${base}/cert.pem`,
          'smtp_tls_wrappermode = yes',
          // As kind to it as its manual allows: TLS connections are used again.
          'smtp_tls_connection_reuse = yes',
        ]),
  ]
  writeFileSync(join(base, 'etc/main.cf'), `${settings.join('\n')}\n`)
  const services = [
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'smtp unix - - n - - smtp',
    'error unix - - n - - error',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'tlsproxy unix - - n - 0 tlsproxy',
    'proxymap unix - - n - - proxymap',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
    'retry unix - - n - - error',
  ]
  writeFileSync(join(base, 'etc/master.cf'), `127.0.0.1:${ports.in} inet n - n - - smtpd\n${services.join('\n')}\n`)
  execFileSync('postfix', ['-c', join(base, 'etc'), 'start'], { stdio: 'ignore' })
  return () => execFileSync('postfix', ['-c', join(base, 'etc'), 'stop'], { stdio: 'ignore' })
}
