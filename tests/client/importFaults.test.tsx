// @vitest-environment jsdom
// What an import found wrong, in the language of the screen.
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import '../../client/words/late.ts'
import { Faults } from '../../client/screens/district/import/ReportTables.tsx'
import { setLanguage } from '../../client/words/index.ts'

afterEach(() => {
  cleanup()
  setLanguage('en')
})
const fault = { file: 'students.csv', line: 3, column: 'Student ID', value: '2' }

test('A fault is explained in Spanish on a Spanish screen; what has no code stays as the server said it', () => {
  setLanguage('es')
  render(
    <Faults
      faults={[
        {
          ...fault,
          expected: 'each student once a school: line 2 has this one in another grade',
          code: 'studentOnce',
          values: { line: 2 },
        },
        { ...fault, expected: 'lines of at most 64 KB' },
      ]}
    />,
  )
  expect(screen.getByText('cada estudiante una vez por escuela: la línea 2 lo tiene en otro grado')).toBeDefined()
  expect(screen.getByText('lines of at most 64 KB')).toBeDefined()
})
