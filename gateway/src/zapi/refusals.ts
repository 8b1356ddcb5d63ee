/** Refusals that several calls describe. */

export const notConnected = { 400: 'The instance is not connected, or WhatsApp refuses.' }

export const noAnswer = { 503: 'WhatsApp did not answer in time. Try again.' }
