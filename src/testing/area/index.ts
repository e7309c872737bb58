// The invented area: five authorities with their registers, a police force, a health trust, schools, a voluntary agency, foster carers.
// Every person, address, number and message in it is invented; its postcodes, telephone numbers and domains belong to nobody.
export { AREA_NAME } from './agencies.ts'
export { type Seed, seedArea } from './seed-area.ts'
