/** A page that lists instances or pools: the form that creates one, and its token, which is shown this once. */

import { type ReactNode, useState } from 'react'
import type { CreatedInstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import type { FirstCallProps } from './first-call/first-call.js'
import { Field, Form, type Values } from './form.js'
import { Page } from './page.js'
import { useKept, useReadAgain } from './reading.js'
import { useMay, WhyNot } from './role.js'
import { TokenCard } from './token-card.js'

interface CreationPageProps {
  readonly of: FirstCallProps['of']
  readonly words: Readonly<Record<'title' | 'create' | 'submit' | 'name' | 'nameHint', string>>
  readonly lead: string
  /** What creates one. */
  readonly path: string
  /** What is read again then. */
  readonly lists: readonly string[]
  /** Goes to the page of the new one, once its token is copied. */
  readonly open: (id: string) => void
  readonly children: ReactNode
}

interface Made {
  /** Its token is shown until the person has it. */
  readonly made: CreatedInstanceAnswer | undefined
}

export function CreationPage({ of, words, lead, children, open, ...creates }: CreationPageProps) {
  const [{ made }, change] = useKept(`made ${of}`, (): Made => ({ made: undefined }))
  const [isCreating, setCreating] = useState(false)
  const mayCreate = useMay('administrator')
  const goOn = (id: string): void => {
    change({ made: undefined })
    open(id)
  }
  return (
    <Page
      title={words.title}
      lead={
        <>
          <p className="lead">{lead}</p>
          <WhyNot least="administrator" />
        </>
      }
      beside={
        <button
          type="button"
          className="filled"
          disabled={!mayCreate}
          onClick={() => setCreating(true)}
        >
          {words.create}
        </button>
      }
    >
      {made && <TokenCard {...made} firstCallOf={of} done={goOn} />}
      {isCreating && (
        <Create
          {...creates}
          words={words}
          done={(created) => change({ made: created })}
          close={() => setCreating(false)}
        />
      )}
      {children}
    </Page>
  )
}

interface CreateProps extends Pick<CreationPageProps, 'words' | 'path' | 'lists'> {
  readonly done: (made: CreatedInstanceAnswer) => void
  readonly close: () => void
}

function Create({ words, path, lists, done, close }: CreateProps) {
  const app = useApp()
  const readAgain = useReadAgain()
  const create = async (values: Values): Promise<undefined> => {
    done(await ask<CreatedInstanceAnswer>('POST', path, { name: values.text('name') }))
    close()
    await readAgain(...lists)
  }
  return (
    <section className="card">
      <h2>{words.create}</h2>
      <Form
        submit={words.submit}
        act={create}
        beside={
          <button type="button" onClick={close}>
            {app.words.cancel}
          </button>
        }
      >
        <Field name="name" label={words.name} hint={words.nameHint} maxLength={255} autoFocus />
      </Form>
    </section>
  )
}
