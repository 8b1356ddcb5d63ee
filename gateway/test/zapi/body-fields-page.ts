/** Where the attributes of sent bodies end, as tables: docs/appendix/body-fields.md. */

import { bodyFields, type Place } from '../support/body-fields.js'
import { contract } from './contract.js'

const before = `# Where the attributes of a message go

<!-- Made by "npm run body-fields". A test fails when it is out of date. -->

Every attribute that Z-API documents for a message, and where its value stands in what WhatsApp gets: the name of the field in
WhatsApp's protobuf, \`[]\` for each entry of a list. \`gateway/test/journeys/body-fields.test.ts\` sends each of these bodies to a
simulated phone and finds every value there; *on the phone* means that the value is sealed, or changes an earlier message, and that
the phone shows the change. \`phone\` is the address of the stanza in all of them.
`

export function bodyFieldsPage(): string {
  const calls = Object.entries(bodyFields).map(([page, { fields }]) => {
    const documented = contract.find((each) => each.page === page)
    const title = `## ${documented?.title ?? page}: \`${documented?.paths.at(-1) ?? ''}\`\n`
    const rows = Object.entries(fields).map(
      ([name, place]) => `| \`${name}\` | ${placeIn(place)} |`,
    )
    return [title, '| Attribute | Where it ends |', '|---|---|', ...rows, ''].join('\n')
  })
  return [before, ...calls].join('\n')
}

function placeIn(place: Place): string {
  if (place.in === 'nothing') return `not in the message: ${place.why}`
  const where = place.in === 'phone' ? `on the phone: \`${place.path}\`` : `\`${place.path}\``
  return place.how === undefined ? where : `${where} (${place.how})`
}
