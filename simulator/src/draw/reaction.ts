import { kind } from './kind.js'

export const reaction = kind('reactionMessage', ({ key, text }) => ({
  changes: key?.id ?? '',
  by: { change: 'reaction', text: text ?? '' },
}))
