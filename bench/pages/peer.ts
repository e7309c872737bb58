// The peer: a bare fastify and nunjucks page in govuk-frontend's layout, with a list of fifty rows. No sign-in, no database, no log of acts. Says its port and stays.
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import fastify from 'fastify'
import nunjucks from 'nunjucks'

const govuk = dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json'))
const templates = new nunjucks.Environment(new nunjucks.FileSystemLoader(`${govuk}/dist`), { autoescape: true })
const page = nunjucks.compile(
  `{% extends "govuk/template.njk" %}
{% from "govuk/components/table/macro.njk" import govukTable %}
{% from "govuk/components/button/macro.njk" import govukButton %}
{% block content %}<h1 class="govuk-heading-l">{{ title }}</h1>
{{ govukTable({ caption: 'Rows', head: [{ text: 'Name' }, { text: 'State' }, { text: 'Day' }], rows: rows }) }}
{{ govukButton({ text: 'Add', href: '/add' }) }}{% endblock %}`,
  templates,
)
const rows = Array.from({ length: 50 }, (_, row) => [{ text: `Row ${row}` }, { text: 'open' }, { text: '20 November' }])
const app = fastify()
app.get('/', (_request, reply) => reply.type('text/html').send(page.render({ title: 'A bare page', rows })))
await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`${(app.server.address() as { port: number }).port}\n`)
