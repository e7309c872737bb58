import { command, UsageError } from '../cli/index.ts'

export const commands = [
  command({
    name: 'start',
    summary: 'web, API, mail gateway and worker in one process, on the embedded database unless DATABASE_URL is set',
    audit: 'main.started',
    needs: 'nothing',
    options: {
      port: { value: 'N', summary: 'port of the pages and the API', default: '3000' },
      smtpPort: { value: 'N', summary: 'port of the mail gateway', default: '2525' },
      data: { value: 'DIR', summary: 'data folder', default: 'data' },
      demo: { summary: 'open an invented area; nothing leaves this machine' },
    },
    async run(io, { port, smtpPort, data, demo }) {
      const { start } = await import('./start.ts')
      await start({ port: readPort('--port', port), smtpPort: readPort('--smtp-port', smtpPort), data, demo }, io)
    },
  }),
  command({
    name: 'backup',
    summary: 'writes the whole hub, encrypted, into a new file; the hub may go on working',
    audit: 'main.backed-up',
    needs: 'house',
    arguments: { file: { summary: 'the file to make; it must not be there yet' } },
    async run(io, { file }, work) {
      const { backup } = await import('./backup.ts')
      return backup(io, file, work)
    },
  }),
  command({
    name: 'restore',
    summary: 'brings a hub back from a backup, into an empty data folder or database',
    audit: 'main.restored',
    needs: 'house',
    arguments: { file: { summary: 'what "safehaven backup" made' } },
    async run(io, { file }, work) {
      const { restore } = await import('./restore.ts')
      return restore(io, file, work)
    },
  }),
]

function readPort(name: string, value: string): number {
  const port = Number(value)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`${name} must be a whole number from 0 to 65535.`)
  return port
}
