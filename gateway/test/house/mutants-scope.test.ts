/** Which files the mutants are made of: a new file of these folders has its place in the scope, or a reason. */

import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { modules } from '../../../mutants/scope.js'

test.each(Object.keys(modules))(
  'every file of %s is in the scope of the mutants once',
  (folder) => {
    const files = readdirSync(new URL(`../../src/${folder}`, import.meta.url))
    const sources = files.filter((name) => /^(?!.*\.test\.ts$).*\.ts$/u.test(name))
    const { rules = [], stores = [], leftOut = {} } = modules[folder] ?? {}
    const named = [...rules, ...stores, ...Object.keys(leftOut)].map((name) => `${name}.ts`)
    expect(named.toSorted()).toEqual(sources.toSorted())
  },
)
