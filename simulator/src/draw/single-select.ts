/** A list inside a native flow, as groups get it. */

import type { proto } from 'baileys'
import { filled, listIn, objectIn, recordIn, stringIn } from './plain.js'
import type { ListPart, ListRow } from './view.js'

export function listPartOf({
  buttonParamsJson,
}: proto.Message.InteractiveMessage.NativeFlowMessage.INativeFlowButton): readonly ListPart[] {
  const params = objectIn(buttonParamsJson)
  if (params === undefined) return []
  const sections = listIn(params['sections']).map((section) => {
    const { title, rows } = { title: undefined, rows: undefined, ...recordIn(section) }
    return { title: stringIn(title) ?? '', rows: listIn(rows).map(rowOf) }
  })
  return [{ type: 'list', button: stringIn(params['title']) ?? '', sections }]
}

function rowOf(value: unknown): ListRow {
  const row = recordIn(value)
  return filled({
    id: stringIn(row?.['id']) ?? '',
    title: stringIn(row?.['title']) ?? '',
    description: stringIn(row?.['description']),
  })
}
