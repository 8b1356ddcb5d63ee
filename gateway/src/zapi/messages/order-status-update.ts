import { sumsOf, updateOfOrder } from '../reading/shop.js'
import { send } from '../send.js'

export const orderStatusUpdate = send({
  path: '/order-status-update',
  takes: 'text',
  summary: 'Tells how far an order is.',
  description:
    'The ids and the items are those of the order. If WhatsApp refuses it, the same goes as plain text.',
  body: updateOfOrder,
  example: {
    phone: '5511999999999',
    messageId: '3EB0F91BBA791BB0A787FC',
    referenceId: '4N8FCTW1WM6',
    orderRequestId: '4N8FCTW22W4',
    orderStatus: 'processing',
    paymentStatus: 'paid',
    order: { currency: 'BRL', products: [{ name: 'Camiseta', value: 150, quantity: 2 }] },
  },
  content: ({
    message = '',
    messageId,
    referenceId,
    orderRequestId,
    orderStatus,
    paymentStatus,
    order,
  }) => ({
    kind: 'order',
    target: messageId,
    step: 'status-update',
    text: message,
    referenceId,
    orderRequestId,
    status: orderStatus,
    payment: paymentStatus,
    ...sumsOf(order),
  }),
})
