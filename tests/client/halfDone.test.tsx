// @vitest-environment jsdom
// A reload in the middle of work at a desk: an update, or the way back by the district's own sign-in. What was begun is there again.
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { useHalfDone } from '../../client/trust/useHalfDone.ts'
import { HalfDoneNote } from '../../client/ui/HalfDoneNote.tsx'
import { SECTION } from '../server/smallDistrict.ts'
import { atDesk } from './deskAt.tsx'
import { NO_PIN } from './noPin.ts'

const SATURDAY = '2026-11-21'
const AGAIN = 'What you had begun here is there again. It was not saved yet.'
beforeEach(() => localStorage.clear())
const isAgain = () => screen.queryByText(AGAIN) !== null
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }))
const kept = () => Object.keys(localStorage).filter((key) => key.startsWith('recoup.typing.'))

test('A sheet that is half keyed in is there again, with who walked in; recorded, it is done', async () => {
  const here = `/site/paper/key?section=${SECTION}&on=${SATURDAY}`
  const desk = await atDesk(here, 'marsh')
  const time = (label: string) => screen.getByLabelText<HTMLInputElement>(label)
  await screen.findByLabelText('Tester, ben: time in')
  fireEvent.change(time('Tester, ben: time in'), { target: { value: '08:10' } })
  fireEvent.change(time('Tester, ben: time out'), { target: { value: '12:40' } })
  await press('Add a walk-in')
  await userEvent.type(screen.getByRole('textbox', { name: 'Name of walk-in 1' }), 'Rosa N')
  expect(isAgain()).toBe(false)
  desk.reopen(here)
  await screen.findByLabelText('Tester, ben: time in')
  expect([time('Tester, ben: time in').value, time('Tester, ben: time out').value]).toEqual(['08:10', '12:40'])
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of walk-in 1' }).value).toBe('Rosa N')
  expect(isAgain()).toBe(true)
  // Another day's sheet is another sheet.
  desk.reopen(here.replace(SATURDAY, '2026-11-14'))
  await screen.findByLabelText('Tester, ben: time in')
  expect([time('Tester, ben: time in').value, isAgain()]).toEqual(['', false])
  desk.reopen(here)
  await screen.findByLabelText('Tester, ben: time in')
  fireEvent.change(screen.getByRole('textbox', { name: 'Name of walk-in 1' }), { target: { value: '' } })
  await press('Record the sheet')
  await screen.findByText('Recorded as a late entry.')
  await waitFor(() => expect(kept()).toEqual([]))
})

test('A section, a policy and a follow-up that are half done are there again; begun anew or given up they are gone', async () => {
  const desk = await atDesk('/sections/new', 'marsh')
  await userEvent.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Winter sess')
  desk.reopen('/sections/new')
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: /^Name/ })).value).toBe('Winter sess')
  expect(isAgain()).toBe(true)
  await press('Begin anew')
  expect([screen.getByRole<HTMLInputElement>('textbox', { name: /^Name/ }).value, isAgain()]).toEqual(['', false])
  expect(kept()).toEqual([])
  await userEvent.type(screen.getByRole('textbox', { name: /^Name/ }), 'Another')
  await press('Cancel')
  expect(kept()).toEqual([])
  const ana = async () => {
    desk.reopen('/site/follow-up')
    await press('Follow up: ana Tester')
    return within(await screen.findByRole('dialog'))
  }
  await userEvent.type((await ana()).getByRole('textbox', { name: 'Text' }), 'Called the moth')
  expect((await ana()).getByRole<HTMLTextAreaElement>('textbox', { name: 'Text' }).value).toBe('Called the moth')
  await userEvent.type(screen.getByRole('textbox', { name: 'Text' }), 'er')
  await press('Write it down')
  await screen.findByText('Called the mother', { selector: 'p' })
  expect([isAgain(), kept()]).toEqual([false, []])
})

test('A policy that is half decided is there again', async () => {
  const desk = await atDesk('/policy', 'lund')
  const open = async () => {
    const [begin] = await screen.findAllByRole('button', { name: 'Change policy' })
    if (begin) await userEvent.click(begin)
    return screen.findByRole<HTMLInputElement>('textbox', { name: /^Why/ })
  }
  await userEvent.type(await open(), 'The board of')
  desk.reopen('/policy')
  expect((await open()).value).toBe('The board of')
  expect(isAgain()).toBe(true)
  await press('Cancel')
  expect(kept()).toEqual([])
})

test('What somebody else changed meanwhile is not put back, and nonsense that is stored is nothing', async () => {
  const { db, store, sync, session } = await atDesk('/help', 'marsh')
  const Form = ({ held }: { readonly held: string }) => {
    const half = useHalfDone('form', { held, note: '' })
    return (
      <>
        <HalfDoneNote of={half} />
        <output>{half.draft.note}</output>
        <button
          type="button"
          onClick={() => {
            half.change({ note: 'my own' })
            half.change({ held: 'mine' })
          }}
        >
          Type
        </button>
      </>
    )
  }
  const show = (held: string): void => {
    cleanup()
    render(
      <DeviceContext value={{ db, store, sync, session, newId: () => '', version: 'test', ...NO_PIN }}>
        <Form held={held} />
      </DeviceContext>,
    )
  }
  show('theirs')
  await userEvent.click(screen.getByRole('button', { name: 'Type' }))
  expect(screen.getByText('my own')).toBeTruthy()
  show('theirs')
  expect([screen.queryByText('my own') !== null, isAgain()]).toEqual([true, true])
  show('theirs by now')
  expect([screen.queryByText('my own') !== null, isAgain()]).toEqual([false, false])
  const [key = ''] = kept()
  const stored = JSON.parse(localStorage.getItem(key) ?? '') as { fields: { draft: string } }
  stored.fields.draft = '{'
  localStorage.setItem(key, JSON.stringify(stored))
  show('theirs')
  expect([screen.queryByText('my own') !== null, isAgain()]).toEqual([false, false])
})
