// @vitest-environment jsdom
// A screen that cannot be drawn, and a file of the app that does not come: what is around stays, and there is a way on.
import { act, cleanup, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Suspense } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PageBoundary } from '../../client/screens/Broken.tsx'
import { AppNotices } from '../../client/screens/teacher/AppNotices.tsx'
import { openSyncLater } from '../../client/sync/later.ts'
import { NOTHING_YET } from '../../client/sync/syncState.ts'
import { Boundary } from '../../client/ui/Boundary.tsx'
import { isSaidByPage, lacking, noticeLacking } from '../../client/ui/lacking.ts'
import { noticeMistakes } from '../../client/ui/mistakes.ts'
import { part } from '../../client/ui/part.ts'

beforeEach(() => {
  vi.stubGlobal('__APP_VERSION__', '9.9.9')
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  window.history.replaceState(null, '', '/site')
})
afterEach(() => {
  cleanup()
  lacking.set(false)
  isSaidByPage.set(false)
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('A page that the app gets wrong says so with what to tell, and the frame around it stays; elsewhere, and when tried again, it is drawn anew', async () => {
  let isWrong = true
  const Page = () => {
    if (isWrong && window.location.pathname === '/site') throw new TypeError('no such row')
    return <p>drawn at {window.location.pathname}</p>
  }
  render(
    <>
      <nav>Frame</nav>
      <PageBoundary>
        <Page />
      </PageBoundary>
    </>,
  )
  expect(screen.getByRole('heading').textContent).toBe('This page cannot be shown')
  screen.getByText('TypeError: no such row (/site, version 9.9.9)')
  screen.getByText('Frame')
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  screen.getByRole('heading', { name: 'This page cannot be shown' })
  isWrong = false
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(screen.getByText(/^drawn at/).textContent).toBe('drawn at /site')
})

test('From a broken page one gets to the start page', async () => {
  const Page = () => {
    if (window.location.pathname === '/site') throw new Error('broken')
    return <p>drawn at {window.location.pathname}</p>
  }
  render(
    <PageBoundary>
      <Page />
    </PageBoundary>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Go to the start page' }))
  expect((await screen.findByText(/^drawn at/)).textContent).toBe('drawn at /')
})

test('A part whose file does not come says so; without a network trying again leaves the page as it is', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  const Part = part<object>(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')))
  await act(async () => {
    render(
      <>
        <AppNotices />
        <PageBoundary>
          <Suspense fallback={<p>On its way</p>}>
            <Part />
          </Suspense>
        </PageBoundary>
      </>,
    )
  })
  expect((await screen.findByRole('heading')).textContent).toBe('This page is not here yet')
  // Said once, by the page; and by the line over it wherever a page does not.
  act(() => lacking.set(true))
  expect(screen.queryByText(/A part of the app did not come/)).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect((await screen.findByRole('status')).textContent).toBe('The server does not answer yet.')
  cleanup()
  render(
    <>
      <AppNotices />
      <Boundary instead={() => null}>
        <Suspense>
          <Part />
        </Suspense>
      </Boundary>
    </>,
  )
  expect(screen.queryByText(/A part of the app did not come/)).not.toBeNull()
})

test('A file that no page asked for is missed in a line of its own, unless a page says so', async () => {
  noticeLacking()
  await act(async () => {
    render(<AppNotices />)
  })
  expect(screen.queryByText(/A part of the app did not come/)).toBeNull()
  act(() => void window.dispatchEvent(new Event('vite:preloadError')))
  expect(screen.queryByText(/A part of the app did not come/)).not.toBeNull()
  act(() => isSaidByPage.set(true))
  expect(screen.queryByText(/A part of the app did not come/)).toBeNull()
})

test('An order of the app that breaks in the middle is said until it is read; what a stranger in the page breaks is not', async () => {
  noticeMistakes()
  await act(async () => {
    render(<AppNotices />)
  })
  const breaks = (stack: string, name = 'TypeError') => {
    const reason = Object.assign(new TypeError('no such row'), { stack, name })
    act(() => void window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason })))
  }
  breaks('TypeError: no such row\n  at chrome-extension://abc/content.js:1:1')
  breaks(`closed\n  at ${location.origin}/assets/index.js:1:1`, 'DatabaseClosedError')
  expect(screen.queryByRole('alert')).toBeNull()
  breaks(`TypeError: no such row\n  at ${location.origin}/assets/index.js:1:1`)
  expect(screen.getByRole('alert').textContent).toContain('TypeError: no such row (version 9.9.9)')
  await userEvent.click(screen.getByRole('button', { name: 'I understand' }))
  expect(screen.queryByRole('alert')).toBeNull()
})

test('A loop whose file does not come breaks nothing', async () => {
  const later = openSyncLater(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')))
  const stop = later.listen()
  await later.now()
  expect(later.state()).toBe(NOTHING_YET)
  stop()
})
