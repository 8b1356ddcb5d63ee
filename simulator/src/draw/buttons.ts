/** The buttons of a native flow, of a template and of the form of old, as the sender meant them. */

import type { proto } from 'baileys'
import { copyButtonOf, copyButtonOfTemplate } from '../copy-button.js'
import { objectIn, stringIn } from './plain.js'
import type { Button, ButtonsPart } from './view.js'

type Loose<Fields> = { readonly [Name in keyof Fields]: Fields[Name] | undefined }
type FlowButton = proto.Message.InteractiveMessage.NativeFlowMessage.INativeFlowButton

/** Undefined for a copy button whose parameters hold no code. */
export function flowButtonOf({ name, buttonParamsJson }: Loose<FlowButton>): Button | undefined {
  const params = objectIn(buttonParamsJson)
  const text = stringIn(params?.['display_text']) ?? ''
  switch (name ?? '') {
    case 'cta_copy':
      return copyButtonOf('cta_copy', buttonParamsJson)
    case 'cta_url':
      return { kind: 'url', text, url: stringIn(params?.['url']) ?? '' }
    case 'cta_call':
      return { kind: 'call', text, phone: stringIn(params?.['phone_number']) ?? '' }
    case 'quick_reply':
      return { kind: 'reply', text, id: stringIn(params?.['id']) ?? '' }
    default:
      return { kind: 'other', text, name: name ?? '' }
  }
}

export function templateButtonOf(button: proto.IHydratedTemplateButton): Button | undefined {
  const { urlButton, callButton, quickReplyButton } = button
  const copy = copyButtonOfTemplate(button)
  if (copy) return copy
  if (urlButton) return { kind: 'url', text: urlButton.displayText ?? '', url: urlButton.url ?? '' }
  if (callButton) {
    return { kind: 'call', text: callButton.displayText ?? '', phone: callButton.phoneNumber ?? '' }
  }
  if (quickReplyButton) {
    return {
      kind: 'reply',
      text: quickReplyButton.displayText ?? '',
      id: quickReplyButton.id ?? '',
    }
  }
  return undefined
}

export function legacyButtonOf(button: proto.Message.ButtonsMessage.IButton): Button | undefined {
  const { nativeFlowInfo, buttonText, buttonId } = button
  if (nativeFlowInfo) {
    return flowButtonOf({
      name: nativeFlowInfo.name,
      buttonParamsJson: nativeFlowInfo.paramsJson,
    })
  }
  return { kind: 'reply', text: buttonText?.displayText ?? '', id: buttonId ?? '' }
}

/** Nothing when none of them is one. */
export function buttonsPart(buttons: readonly (Button | undefined)[]): readonly ButtonsPart[] {
  const there = buttons.filter((button) => button !== undefined)
  return there.length > 0 ? [{ type: 'buttons', buttons: there }] : []
}
