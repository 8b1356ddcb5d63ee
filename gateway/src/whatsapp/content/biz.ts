/**
 * The node beside an encrypted message with buttons. Without it the server acknowledges, the phone
 * receives, and no button shows; with two of them it is the same. So it is made here alone, and a
 * resend carries it again.
 */

import { randomBytes } from 'node:crypto'
import type { BinaryNode } from 'baileys'
import type { EpochMs } from '../../domain/time.js'

/**
 * How much stands in `<biz>`. `full` is the newest shape measured on real phones; `minimal` is what
 * other gateways send without any attribute. Which of the attributes matter is unknown.
 */
export type ButtonShape = 'full' | 'minimal'

/**
 * The node beside the encrypted message. The name has to be `mixed`: literal
 * names such as `cta_copy` are refused or silently dropped.
 */
export function bizNode(shape: ButtonShape, at: EpochMs): BinaryNode {
  const interactive: BinaryNode = {
    tag: 'interactive',
    attrs: { type: 'native_flow', v: '1' },
    content: [{ tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }],
  }
  if (shape === 'minimal') return { tag: 'biz', attrs: {}, content: [interactive] }
  return {
    tag: 'biz',
    attrs: {
      actual_actors: '2',
      host_storage: '2',
      privacy_mode_ts: String(Math.floor(at / 1000)),
    },
    content: [
      interactive,
      {
        tag: 'quality_control',
        attrs: { decision_id: randomBytes(20).toString('hex'), source_type: 'third_party' },
        content: [{ tag: 'decision_source', attrs: { value: 'df' } }],
      },
    ],
  }
}

/**
 * Beside a `listMessage`: without it WhatsApp refuses the list with 479, or 405
 * (Evolution API #1926, 2025-09-09; evolution-go #170, 2026-08-12; seen to show: #204, 2026-09-22).
 */
export function listBizNode(): BinaryNode {
  return {
    tag: 'biz',
    attrs: {},
    content: [{ tag: 'list', attrs: { type: 'product_list', v: '2' } }],
  }
}

/**
 * Beside a Pix key, as WhatsApp Web writes it (`WAWebSendMsgCreateFanoutStanza`, read 2026-11-28): no
 * attributes, no `v` on the flow. Under `mixed` the key is accepted and then dropped (zapo #228, 2026-08-05).
 */
export function nestedPixBizNode(): BinaryNode {
  return {
    tag: 'biz',
    attrs: {},
    content: [
      {
        tag: 'interactive',
        attrs: { type: 'native_flow', v: '1' },
        content: [{ tag: 'native_flow', attrs: { name: 'payment_info' } }],
      },
    ],
  }
}

/** Beside orders and their updates (the same module), and a Pix key that the nested form does not bring through (baileyrs #7, 2026-05-14). */
export function namedBizNode(
  name: 'payment_info' | 'order_details' | 'order_status' | 'payment_status',
): BinaryNode {
  return { tag: 'biz', attrs: { native_flow_name: name } }
}
