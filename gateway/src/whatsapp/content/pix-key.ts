import type { PixKeyContent } from '../../domain/content/pix-key.js'
import { namedBizNode, nestedPixBizNode } from './biz.js'
import { nativeFlow } from './native-flow.js'
import { pixSetting } from './pix-setting.js'
import type { ToWire } from './wire-message.js'

const nothing = { value: 0, offset: 100 }

/** As WhatsApp Web sends a key (`WAWebBizSendOrderAction`): an order of nothing, without body and header. */
export const pixKeyToWire: ToWire<PixKeyContent> = (content) => {
  const parameters = {
    reference_id: content.referenceId,
    type: 'physical-goods',
    payment_configuration: 'merchant_categorization_code',
    currency: 'BRL',
    total_amount: nothing,
    payment_settings: [pixSetting(content)],
    order_request_id: content.orderRequestId,
    order: {
      status: 'pending',
      items: [{ retailer_id: '', name: '', amount: nothing, quantity: 0 }],
      subtotal: nothing,
      tax: null,
      shipping: null,
      discount: null,
    },
  }
  return {
    message: {
      interactiveMessage: { nativeFlowMessage: nativeFlow([{ name: 'payment_info', parameters }]) },
    },
    additionalNodes: [
      content.marked === 'nested' ? nestedPixBizNode() : namedBizNode('payment_info'),
    ],
  }
}
