/** All pools, and making another one. */

import { useState } from 'react'
import type { CreatedPoolAnswer, PoolsAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Field, Form, type Values } from './form.js'
import { Page } from './page.js'
import { Link, Problem, Skeleton } from './parts.js'
import { useKept, useReadAgain, useReading } from './reading.js'
import { useMay, WhyNot } from './role.js'
import { go } from './route.js'
import { Table } from './table.js'
import { TokenCard } from './token-card.js'

/** The calls on pools, as programs make them. */
export const poolsPath = 'call/instances/integrator/pools'

interface Made {
  /** Its token is shown until the person has it. */
  readonly pool: CreatedPoolAnswer | undefined
}

export function PoolsPage() {
  const words = useApp().words.pools
  const { data, refusal } = useReading<PoolsAnswer>(poolsPath, { everyMs: 10_000 })
  const [made, setMade] = useKept('made pool', (): Made => ({ pool: undefined }))
  const [isCreating, setCreating] = useState(false)
  const mayCreate = useMay('administrator')
  const goOn = (id: string): void => {
    setMade({ pool: undefined })
    go({ page: 'pool', id })
  }
  return (
    <Page
      title={words.title}
      lead={
        <>
          <p className="lead">{words.lead}</p>
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
      {made.pool && <TokenCard {...made.pool} done={goOn} />}
      {isCreating && <Create made={(pool) => setMade({ pool })} close={() => setCreating(false)} />}
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={3} />}
      {data !== undefined && <List pools={data.pools} />}
    </Page>
  )
}

interface CreateProps {
  readonly made: (pool: CreatedPoolAnswer) => void
  readonly close: () => void
}

function Create({ made, close }: CreateProps) {
  const { words } = useApp()
  const readAgain = useReadAgain()
  const create = async (values: Values): Promise<undefined> => {
    made(await ask<CreatedPoolAnswer>('POST', poolsPath, { name: values.text('name') }))
    close()
    await readAgain(poolsPath)
  }
  return (
    <section className="card">
      <h2>{words.pools.create}</h2>
      <Form
        submit={words.pools.submit}
        act={create}
        beside={
          <button type="button" onClick={close}>
            {words.cancel}
          </button>
        }
      >
        <Field
          name="name"
          label={words.pools.name}
          hint={words.pools.nameHint}
          maxLength={255}
          autoFocus
        />
      </Form>
    </section>
  )
}

function List({ pools }: PoolsAnswer) {
  const words = useApp().words.pools
  return (
    <section className="card paged">
      {pools.length === 0 && <p className="empty">{words.empty}</p>}
      {pools.length > 0 && (
        <Table
          caption={words.title}
          columns={[{ heading: words.name }, { heading: words.members, class: 'column-kind' }]}
          rows={pools.map(({ id, name, members }) => {
            const open = members.filter(({ whatsappConnected }) => whatsappConnected).length
            return {
              key: id,
              cells: [
                {
                  content: (
                    <Link to={{ page: 'pool', id }} className="row-link">
                      {name}
                    </Link>
                  ),
                },
                {
                  class: members.length === 0 ? 'faint' : 'number',
                  content: words.connected(open, members.length),
                },
              ],
            }
          })}
        />
      )}
    </section>
  )
}
