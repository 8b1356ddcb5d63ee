/**
 * Starts the gateway from the one script beside this file (see `build.ts`), with
 * what V8 compiled of it before: Node 20 keeps that for no module by itself.
 */

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'

const filename = fileURLToPath(new URL('gateway.cjs', import.meta.url))
const compiled = `${filename}.compiled`

const cachedData = existsSync(compiled) ? readFileSync(compiled) : undefined
// ASCII, and read as bytes: what need not be decoded is there in a third of the time.
const source = readFileSync(filename, 'latin1')
const script = new Script(Module.wrap(source), { filename, cachedData })
// Who ends in order has compiled what a start needs. Others may be reading: the file comes whole.
if (cachedData === undefined)
  process.on('exit', () => {
    const own = `${compiled}-${process.pid}`
    writeFileSync(own, script.createCachedData())
    renameSync(own, compiled)
  })

// For a script of this kind Node has imports as an experiment only, and warns of it.
Object.assign(globalThis, { importOutside: (name: string) => import(name) })
const module = { exports: {} }
const run = script.runInThisContext() as (...scope: readonly unknown[]) => void
run(module.exports, createRequire(filename), module, filename, dirname(filename))
