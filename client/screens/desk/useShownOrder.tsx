import { type ReactNode, useState } from 'react'
import { StepUpState } from '../../../shared/api/trust.ts'
import { api, type Reply } from '../../sync/http.ts'
import { useWords } from '../../words/index.ts'
import { ShowAgain } from './ShowAgain.tsx'
import { useOrder } from './useOrder.ts'

interface Asking {
  readonly asked: StepUpState
  readonly answer: (isShown: boolean) => void
}

/** Orders of which some are taken only from somebody who has just shown who it is: then that is asked, and the order given once more. */
export function useShownOrder() {
  const words = useWords()
  const { busy, problem, send: sendOnce } = useOrder()
  const [asking, setAsking] = useState<Asking>()
  const send = <T,>(order: () => Promise<Reply<T>>): Promise<T | undefined> =>
    sendOnce(async () => {
      const reply = await order()
      if (reply.kind !== 'refused' || reply.code !== 'stepUp') return reply
      const state = await api(StepUpState, 'GET', '/api/step-up')
      if (state.kind !== 'ok') return state
      const isShown = await new Promise<boolean>((answer) => setAsking({ asked: state.value, answer }))
      setAsking(undefined)
      return isShown ? order() : reply
    })
  const dialog: ReactNode = asking && (
    <ShowAgain
      asked={asking.asked}
      said={words.trust.roles}
      go={words.trust.roles.go}
      onShown={() => asking.answer(true)}
      onClose={() => asking.answer(false)}
    />
  )
  return { busy, problem, send, dialog }
}
