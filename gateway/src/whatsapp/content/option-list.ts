import { proto } from 'baileys'
import type { Option, OptionListContent } from '../../domain/content/option-list.js'
import { bizNode, listBizNode } from './biz.js'
import { headerWith, nativeFlow } from './native-flow.js'
import type { ToWire } from './wire-message.js'

/** The older kind of list shows to a person on every client, and in groups on none. */
export const optionListToWire: ToWire<OptionListContent> = (content, { shape, at, isGroup }) =>
  isGroup
    ? { message: inGroup(content), additionalNodes: [bizNode(shape, at)] }
    : { message: toPerson(content), additionalNodes: [listBizNode()] }

function toPerson({ title, text, buttonText, options }: OptionListContent): proto.IMessage {
  const sections = sectionsOf(title, options).map((section) => ({
    title: section.title,
    rows: section.options.map((option) => ({
      rowId: option.id,
      title: option.title,
      ...(option.description === '' ? {} : { description: option.description }),
    })),
  }))
  return {
    listMessage: {
      title,
      description: text,
      buttonText,
      listType: proto.Message.ListMessage.ListType.SINGLE_SELECT,
      sections,
    },
  }
}

function inGroup({ title, text, buttonText, options }: OptionListContent): proto.IMessage {
  const sections = sectionsOf(title, options).map((section) => ({
    title: section.title,
    rows: section.options.map(({ id, title: row, description }) => ({
      id,
      title: row,
      description,
    })),
  }))
  const list = { title: buttonText, sections }
  return {
    interactiveMessage: {
      ...headerWith(title, undefined),
      body: { text },
      nativeFlowMessage: nativeFlow([{ name: 'single_select', parameters: list }]),
    },
  }
}

interface Section {
  readonly title: string
  readonly options: readonly Option[]
}

/** Options that follow one another under one heading; the list's own title stands for none. */
function sectionsOf(title: string, options: readonly Option[]): readonly Section[] {
  return options.reduce<readonly Section[]>((sections, option) => {
    const last = sections.at(-1)
    const heading = option.section ?? title
    if (last?.title !== heading) return [...sections, { title: heading, options: [option] }]
    return [...sections.slice(0, -1), { title: heading, options: [...last.options, option] }]
  }, [])
}
