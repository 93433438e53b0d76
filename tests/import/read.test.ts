import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../../server/registry/import/read/csv.ts'
import type { CsvRow } from '../../server/registry/import/read/csv.ts'
import { LIMITS } from '../../server/registry/import/read/limits.ts'

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

async function rowsOf(content: string | Buffer, size = 7): Promise<CsvRow[]> {
  const rows: CsvRow[] = []
  for await (const row of readCsv('file.csv', inPieces(Buffer.from(content), size))) rows.push(row)
  return rows
}
const cellsOf = async (content: string | Buffer): Promise<readonly (readonly string[])[]> =>
  (await rowsOf(content)).map(({ cells }) => cells)

describe('Rows come out the same however the lines end', () => {
  const lines = ['Student ID,Name', '004505,"Campos, Lucía"', "004507,O'Brien"]
  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['a bare CR', '\r'],
  ])('%s', async (_name, end) => {
    const expected = [
      ['Student ID', 'Name'],
      ['004505', 'Campos, Lucía'],
      ['004507', "O'Brien"],
    ]
    expect(await cellsOf(lines.join(end))).toEqual(expected)
    expect(await cellsOf(lines.join(end) + end)).toEqual(expected)
  })

  it.each(['\n', '\r\n', '\r'])('a row is named by the line it begins on, after empty lines and breaks inside quotes (%j)', async (end) => {
    const text = ['a,b', '', `1,"two${end}lines"`, '3,4', '', `"x${end}${end}y",5`, '6,7'].join(end)
    expect((await rowsOf(text)).map(({ line, cells }) => [line, cells[0]?.slice(0, 1)])).toEqual([
      [1, 'a'],
      [3, '1'],
      [5, '3'],
      [7, 'x'],
      [10, '6'],
    ])
  })
})

describe('Letters with accents survive', () => {
  it('in UTF-8 with and without a byte order mark', async () => {
    expect(await cellsOf('name\nNúñez\nNguyễn\n')).toEqual([['name'], ['Núñez'], ['Nguyễn']])
    expect(await cellsOf('\ufeffname\nNúñez\n')).toEqual([['name'], ['Núñez']])
  })
  it('in the code page that Excel writes', async () => {
    expect(await cellsOf(Buffer.from('name\nN\u00fa\u00f1ez\nD\u0092Angelo\n', 'latin1'))).toEqual([['name'], ['Núñez'], ['D’Angelo']])
  })
  it('in a file pasted together from both', async () => {
    const mixed = Buffer.concat([Buffer.from('name\nPeña\n'), Buffer.from('Pe\u00f1a\n', 'latin1')])
    expect(await cellsOf(mixed)).toEqual([['name'], ['Peña'], ['Peña']])
  })
})

it('What is written as CSV is read back, whatever the cells hold and wherever the pieces break', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', '\r\n', ';', '0', '漢') })
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n', '\r'), async (rows, size, end) => {
      const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join(end)
      expect((await rowsOf(text, size)).map(({ cells }) => cells)).toEqual(rows.map((row) => row.map((one) => one.trim())))
    }),
  )
})

describe('What would fill the memory is refused while it streams by', () => {
  const MB = 1024 * 1024
  /** How much of an endless file was asked for before it was refused. */
  async function readUntilRefused(piece: Buffer, first = ''): Promise<{ sentence: string; asked: number }> {
    let asked = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      if (first !== '') yield Buffer.from(first)
      while (asked < 20 * MB) {
        asked += piece.length
        yield piece
      }
    }
    try {
      for await (const _row of readCsv('file.csv', endless())) continue
    } catch (error) {
      return { sentence: String(error instanceof Error && error.message), asked }
    }
    throw new Error('it was read to its end')
  }

  it('a header of ten million columns', async () => {
    const { sentence, asked } = await readUntilRefused(Buffer.from('column,'.repeat(10_000)))
    expect(sentence).toMatch(/^at most 200 columns: line 1 has more than \d+$/)
    expect(asked).toBeLessThan(MB)
  })
  it('empty columns without end', async () => {
    const { sentence, asked } = await readUntilRefused(Buffer.from(','.repeat(10_000)))
    expect(sentence).toMatch(/^at most 200 columns/)
    expect(asked).toBeLessThan(MB)
  })
  it('a line of a gigabyte', async () => {
    const { sentence, asked } = await readUntilRefused(Buffer.alloc(65_536, 'a'))
    expect(sentence).toBe('lines of at most 64 KB: line 1 does not end')
    expect(asked).toBeLessThan(MB)
  })
  it('a quote that is never closed', async () => {
    const { sentence, asked } = await readUntilRefused(Buffer.from('\nc'.repeat(1_000)), 'a,"b')
    expect(sentence).toMatch(/never closed/)
    expect(asked).toBeLessThan(2 * MB)
  })
  it('more columns than a table has, line by line', async () => {
    await expect(rowsOf(`${'c,'.repeat(LIMITS.columns)}c\n`)).rejects.toThrow('at most 200 columns: line 1 has 201')
    expect((await rowsOf(`${'c,'.repeat(LIMITS.columns - 1)}c\n`))[0]?.cells).toHaveLength(LIMITS.columns)
  })
})
