export type * from './calls.js'
export { type Callback, verifyCallback } from './callbacks.js'
export type { CallOptions, RecadoOptions } from './options.js'
export { Recado, RecadoError } from './recado.js'
