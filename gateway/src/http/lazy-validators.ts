/** Compiles the checks of a call when the call first comes: those of all calls took a seventh of the start. */

import { AjvCompiler } from '@fastify/ajv-compiler'

type BuildValidator = ReturnType<typeof AjvCompiler>
type Compile = ReturnType<BuildValidator>
type Validator = ReturnType<Compile>

const buildNow = AjvCompiler()

/** For Fastify's `schemaController`. What is no schema throws with the first call, not at the start. */
export const buildValidator: BuildValidator = (externalSchemas, options) => {
  let compile: Compile | undefined
  return (route) => {
    let compiled: Validator | undefined
    const check = (data: unknown) => {
      compile ??= buildNow(externalSchemas, options)
      compiled ??= compile(route)
      const outcome = compiled(data)
      // Fastify reads them from the function that it called.
      validator.errors = compiled.errors ?? null
      return outcome
    }
    // Fastify uses it as a function alone, with its errors.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const validator = check as unknown as Validator
    return validator
  }
}
