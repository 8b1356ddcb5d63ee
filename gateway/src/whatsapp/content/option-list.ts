import { proto } from 'baileys'
import type { OptionListContent } from '../../domain/content/option-list.js'
import { bizNode, listBizNode } from './biz.js'
import { headerWith, nativeFlow } from './native-flow.js'
import type { ToWire } from './wire-message.js'

/** The older kind of list shows to a person on every client, and in groups on none. */
export const optionListToWire: ToWire<OptionListContent> = (content, { shape, at, isGroup }) =>
  isGroup
    ? { message: inGroup(content), additionalNodes: [bizNode(shape, at)] }
    : { message: toPerson(content), additionalNodes: [listBizNode()] }

function toPerson({ title, text, buttonText, options }: OptionListContent): proto.IMessage {
  const rows = options.map((option) => ({
    rowId: option.id,
    title: option.title,
    ...(option.description === '' ? {} : { description: option.description }),
  }))
  return {
    listMessage: {
      title,
      description: text,
      buttonText,
      listType: proto.Message.ListMessage.ListType.SINGLE_SELECT,
      sections: [{ title, rows }],
    },
  }
}

function inGroup({ title, text, buttonText, options }: OptionListContent): proto.IMessage {
  const list = { title: buttonText, sections: [{ title, rows: options }] }
  return {
    interactiveMessage: {
      ...headerWith(title, undefined),
      body: { text },
      nativeFlowMessage: nativeFlow([{ name: 'single_select', parameters: list }]),
    },
  }
}
