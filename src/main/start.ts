import { mountApi } from '../api/index.ts'
import { record } from '../audit/index.ts'
import type { Io } from '../cli/index.ts'
import {
  Fault,
  type House,
  mailOut,
  openHouse,
  openLog,
  readConfig,
  startWorker,
  systemClock,
  type Wishes,
} from '../platform/index.ts'
import { openWeb } from '../web/index.ts'
import { gather } from './gather.ts'

type Stop = () => Promise<void>

/** Opens everything, says where to go, and stays until it is told to end (Ctrl-C or SIGTERM); then ends in order. */
export async function start(wishes: Wishes, io: Io): Promise<void> {
  const config = readConfig(wishes)
  const log = await openLog(config.demo ? 'warn' : 'info')
  const rooms = await gather(config.demo)
  const stops: Stop[] = []
  const end = async () => {
    // The last opened is the first closed.
    for (const stop of stops.splice(0).reverse())
      await stop().catch((error) => log.fault('something did not end in order', error))
  }
  // What nobody caught: said by its place, not by its words, and the house is closed in order.
  process.once('uncaughtException', (error) => {
    log.fault('something unexpected ended Safehaven', error)
    process.exitCode = 3
    void end().finally(() => process.exit(3))
  })
  try {
    const opened = await openHouse({ config, clock: systemClock, log, record, alone: true })
    stops.push(opened.close)
    const lines: string[] = []
    const mailbox = await rooms.mailbox?.start(opened.house)
    if (mailbox) {
      stops.push(mailbox.stop)
      if (mailbox.where !== undefined) lines.push(mailbox.where)
    }
    const house: House = mailbox ? { ...opened.house, mail: mailOut(mailbox.hop) } : opened.house
    const told = config.demo ? ((await rooms.area?.open(house)) ?? []) : []
    const app = await openWeb({
      house,
      pages: rooms.pages,
      authenticate: rooms.authenticate,
      navigation: rooms.navigation,
      area: () => (config.demo ? (rooms.area?.name ?? '') : ''),
      beside: (web) => mountApi(web, { house, endpoints: rooms.endpoints, authenticateToken: rooms.authenticateToken }),
    })
    const address = await app
      .listen({ port: config.port, host: config.demo ? 'localhost' : '::' })
      .catch(portTaken(config.port))
    stops.push(async () => app.close())
    for (const service of rooms.services) {
      const running = await service.start(house)
      stops.push(running.stop)
      if (running.where !== undefined) lines.push(`${service.name}: ${running.where}`)
    }
    const worker = await startWorker(house, rooms.jobs)
    stops.push(worker.stop)
    const url = `http://localhost:${new URL(address).port || config.port}`
    await io.answer({ ready: true, url, services: lines }, () =>
      [`Safehaven is ready: ${url}`, ...lines, ...told].join('\n'),
    )
    await ended()
    io.warn('Safehaven is ending …')
  } finally {
    await end()
  }
}

const ended = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })

function portTaken(port: number) {
  return (error: unknown): never => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Fault('main.port-taken', `Port ${port} is taken by another program. Choose another with --port N.`)
  }
}
