import type { TextContent } from '../../domain/content/text.js'
import type { ToWire } from './wire-message.js'

export const textToWire: ToWire<TextContent> = ({ text }) => ({
  message: { extendedTextMessage: { text } },
  additionalNodes: [],
})
