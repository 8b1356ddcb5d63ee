#!/usr/bin/env node
/** The program of a release: `recado` starts the gateway, `recado sandbox` the sandbox; all else as in the clone. */

const [command, ...rest] = process.argv.slice(2)
if (command === 'sandbox') {
  process.env['GATEWAY_PROGRAM'] = process.argv[1]
  process.argv.splice(2, process.argv.length, ...rest)
  await import('../../sandbox/src/main.js')
} else {
  if (command === undefined) process.argv.push('start')
  await import('../../gateway/src/main.js')
}
