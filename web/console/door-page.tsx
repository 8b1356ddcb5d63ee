/** Before the login: making the first administrator, and logging in. */

import { type ReactNode, useState } from 'react'
import type { LogInAnswer } from '../../gateway/src/console/account-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Field, Form, type Values } from './form.js'
import { useTitle } from './page.js'
import { useReadAgain } from './reading.js'

export function SetUp() {
  const app = useApp()
  const words = app.words.setUp
  const readAgain = useReadAgain()
  const setUp = async (values: Values): Promise<string | undefined> => {
    if (values.text('password') !== values.text('again')) return words.differ
    await ask('POST', 'set-up', {
      setupCode: values.text('setupCode'),
      name: values.text('name'),
      password: values.text('password'),
    })
    await readAgain('visit')
    return undefined
  }
  const password = {
    type: 'password',
    minLength: 12,
    maxLength: 200,
    autoComplete: 'new-password',
  } as const
  return (
    <Door title={words.title}>
      <p className="lead">{words.lead}</p>
      <Form submit={words.submit} act={setUp}>
        <Field name="setupCode" label={words.code} className="code" autoFocus spellCheck={false} />
        <Field name="name" label={words.name} autoComplete="username" maxLength={100} />
        <Field {...password} name="password" label={words.password} hint={words.passwordHint} />
        <Field {...password} name="again" label={words.again} />
      </Form>
    </Door>
  )
}

export function LogIn() {
  const app = useApp()
  const words = app.words.logIn
  const readAgain = useReadAgain()
  const [needsCode, setNeedsCode] = useState(false)
  const logIn = async (values: Values): Promise<undefined> => {
    const code = values.text('code')
    const { state } = await ask<LogInAnswer>('POST', 'log-in', {
      name: values.text('name'),
      password: values.text('password'),
      ...(code === '' ? {} : { code }),
    })
    setNeedsCode(state === 'code-needed')
    if (state === 'in') await readAgain('visit')
  }
  return (
    <Door title={words.title}>
      <Form submit={words.submit} act={logIn}>
        <Field name="name" label={words.name} autoComplete="username" autoFocus maxLength={100} />
        <Field
          name="password"
          label={words.password}
          type="password"
          maxLength={200}
          autoComplete="current-password"
        />
        {needsCode && (
          <Field
            name="code"
            label={words.code}
            hint={words.codeHint}
            className="code"
            autoComplete="one-time-code"
            autoFocus
          />
        )}
      </Form>
    </Door>
  )
}

interface DoorProps {
  readonly title: string
  readonly children: ReactNode
}

function Door({ title, children }: DoorProps) {
  useTitle(title)
  return (
    <main className="door" id="content">
      <div className="card">
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}
