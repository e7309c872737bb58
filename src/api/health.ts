import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { House } from '../platform/index.ts'

/** /health says whether the house can work (200) or not (503); /metrics counts requests and jobs, and names no person. */
export async function mountHealth(app: FastifyInstance, house: House): Promise<void> {
  const registry = new Registry()
  const took = new Histogram({
    name: 'safehaven_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.15, 0.3, 1, 3, 10],
    registers: [registry],
  })
  const troubles = new Counter({
    name: 'safehaven_request_faults_total',
    help: 'Requests that failed on our side',
    registers: [registry],
  })
  const jobs = new Gauge({
    name: 'safehaven_jobs',
    help: 'Jobs that wait or have failed for good',
    labelNames: ['state'],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    took.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    if (reply.statusCode >= 500) troubles.inc()
  })
  app.get('/health', { config: { rateLimit: false } }, async (_request, reply) => {
    try {
      const { waiting, failed } = await countJobs(house)
      // Without one everything works; searches of the registers then burden the primary.
      const replicas = house.replicas?.standing()
      return reply.send({
        status: 'ok',
        database: 'ok',
        ...(replicas === undefined ? {} : { replicas }),
        jobs: { waiting, failed },
      })
    } catch {
      return reply.code(503).send({ status: 'unavailable', database: 'away' })
    }
  })
  app.get('/metrics', { config: { rateLimit: false } }, async (_request, reply) => {
    const { waiting, failed } = await countJobs(house)
    jobs.set({ state: 'waiting' }, waiting)
    jobs.set({ state: 'failed' }, failed)
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

async function countJobs(house: House): Promise<{ waiting: number; failed: number }> {
  const { rows } = await house.database.pool.query<{ waiting: number; failed: number }>(
    `select (select count(*) from platform.waiting_job)::int as waiting, (select count(*) from platform.failed_job)::int as failed`,
  )
  return rows[0]!
}
