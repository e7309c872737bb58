import { OpenRedaction } from '@openredaction/openredaction'
import nlp from 'compromise'
import model from 'wink-eng-lite-web-model'
import winkNLP from 'wink-nlp'
import type { Found } from './score.ts'

/** Another finder of the npm registry, answering in our types. */
export interface Peer {
  readonly name: string
  readonly types: readonly string[]
  find(text: string): Found[] | Promise<Found[]>
}

interface Offset {
  readonly offset: { readonly start: number; readonly length: number }
}

const compromise: Peer = {
  name: 'compromise 14.17',
  types: ['PERSON', 'LOCATION', 'ORGANISATION', 'PHONE', 'EMAIL'],
  find(text) {
    const doc = nlp(text)
    const all = (type: string, part: { json(options: object): unknown }): Found[] =>
      (part.json({ offset: true, terms: false }) as Offset[]).map(({ offset }) => ({
        type,
        start: offset.start,
        end: offset.start + offset.length,
      }))
    return [
      ...all('PERSON', doc.people()),
      ...all('LOCATION', doc.places()),
      ...all('ORGANISATION', doc.organizations()),
      ...all('PHONE', doc.phoneNumbers()),
      ...all('EMAIL', doc.emails()),
    ]
  },
}

const wink = winkNLP(model)
const winkTypes: Readonly<Record<string, string>> = { DATE: 'DATE', EMAIL: 'EMAIL' }
const winkPeer: Peer = {
  name: 'wink-nlp 2.4',
  types: ['DATE', 'EMAIL'],
  find(text) {
    const found: Found[] = []
    let at = 0
    // entities come in order and without offsets
    for (const entity of wink.readDoc(text).entities().out(wink.its.detail) as unknown as {
      value: string
      type: string
    }[]) {
      const start = text.indexOf(entity.value, at)
      if (start < 0) continue
      at = start + entity.value.length
      const type = winkTypes[entity.type]
      if (type) found.push({ type, start, end: at })
    }
    return found
  },
}

const redaction = new OpenRedaction()
const openRedaction: Peer = {
  name: 'openredaction 1.0',
  types: ['PERSON', 'PHONE', 'EMAIL', 'POSTCODE', 'NHS_NUMBER', 'NINO', 'DATE'],
  async find(text) {
    const { detections } = await redaction.detect(text)
    return detections.flatMap(({ type, position: [start, end] }: { type: string; position: [number, number] }) => {
      const ours = /^NAME|PERSON/.test(type)
        ? 'PERSON'
        : /PHONE/.test(type)
          ? 'PHONE'
          : /EMAIL/.test(type)
            ? 'EMAIL'
            : /POSTCODE/.test(type)
              ? 'POSTCODE'
              : /NHS/.test(type)
                ? 'NHS_NUMBER'
                : /NATIONAL_INSURANCE|NINO/.test(type)
                  ? 'NINO'
                  : /DATE|DOB/.test(type)
                    ? 'DATE'
                    : undefined
      return ours ? [{ type: ours, start, end }] : []
    })
  },
}

export const peers: readonly Peer[] = [compromise, winkPeer, openRedaction]
