import { childOf } from '../wire/stanza.js'
import { evidence } from '../evidence.js'
import { kind } from './kind.js'
import { filled } from './plain.js'
import { textPart } from './text.js'

export const list = kind(
  'listMessage',
  (message, pen) => ({
    kind: 'list',
    parts: [
      ...(message.title ? [{ type: 'title' as const, text: message.title }] : []),
      ...textPart(message.description, message.contextInfo, pen),
      ...(message.footerText ? [{ type: 'footer' as const, text: message.footerText }] : []),
      {
        type: 'list',
        button: message.buttonText ?? '',
        sections: (message.sections ?? []).map(({ title, rows }) => ({
          title: title ?? '',
          rows: (rows ?? []).map((row) =>
            filled({
              id: row.rowId ?? '',
              title: row.title ?? '',
              description: row.description,
            }),
          ),
        })),
      },
    ],
  }),
  (_message, stanza) => {
    if (childOf(childOf(stanza, 'biz'), 'list') !== undefined) return []
    return [
      {
        draws: { android: 'nothing', ios: 'nothing', web: 'placeholder' },
        why: 'no <biz><list> on the received stanza: the list is not shown',
        evidence: evidence.listBiz,
      },
    ]
  },
)
