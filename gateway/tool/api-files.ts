/** The files that are made from the API document: their names and what stands in them. */

import { readFile } from 'node:fs/promises'
import type { OpenApiDocument } from '../src/http/api-document.js'
import { apiDocumentOf } from '../test/support/api-document.js'
import { openZapiStage } from '../test/support/zapi-stage.js'
import { clientFile } from './client-file.js'
import { n8nFile } from './n8n-file.js'
import { withNamedSchemas } from './named-schemas.js'
import { callsPage, withCallTables } from './call-tables.js'
import { postmanCollection } from './postman-collection.js'

/** By path below the repository. */
export async function apiFiles(): Promise<ReadonlyMap<string, string>> {
  await using stage = await openZapiStage()
  const document = asFile(await apiDocumentOf(stage.app), await versionOfGateway())
  return new Map([
    ['docs/openapi.json', written(withNamedSchemas(document))],
    ['docs/recado.postman_collection.json', written(postmanCollection(document))],
    ['docs/calls.md', callsPage(document)],
    ['packages/client/src/calls.ts', clientFile(document)],
    ['packages/n8n-nodes-recado/nodes/Recado/calls.ts', n8nFile(document)],
    ['docs/api.md', withCallTables(await handWritten('docs/api.md'), document)],
  ])
}

/** A page knows where it came from; a file has to be told. */
function asFile(document: OpenApiDocument, version: string): OpenApiDocument {
  return {
    ...document,
    info: { ...document.info, version },
    servers: [{ url: 'http://127.0.0.1:8080' }],
  }
}

async function versionOfGateway(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return String(JSON.parse(text).version)
}

function handWritten(path: string): Promise<string> {
  return readFile(new URL(`../../${path}`, import.meta.url), 'utf8')
}

function written(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
