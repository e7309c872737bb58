// API: the kit for endpoints. One endpoint states its permission, audit name, and what comes in and goes out.
// Errors are RFC 9457 problem documents; the description is OpenAPI 3.1 at /api/v1/openapi.json.
// A call with an Idempotency-Key is done once.
export {
  type Endpoint,
  type EndpointDefinition,
  endpoint,
  type Problem,
  problem,
  type Replied,
  reply,
} from './endpoint.ts'
export { type ApiParts, mountApi } from './mount.ts'
