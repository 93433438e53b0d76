// The house keeps its own order. Each sentence here is one that a reader may rely on without opening a file.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')

interface Source {
  /** From the root, with forward slashes. */
  readonly file: string
  readonly text: string
  /** The text without its comments. */
  readonly code: string
  /** What it imports: a path from the root for our own files, else the library's name. */
  readonly imports: readonly string[]
}

function read(file: string): Source {
  const text = readFileSync(path.join(root, file), 'utf8')
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/[^\n]*/g, '$1')
  const imports = [...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'([^'\n]+)'/g)].map(([, to = '']) =>
    to.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(file), to)) : to,
  )
  return { file, text, code, imports }
}

const everything = ['shared', 'client', 'server', 'tests'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name))
    .map(read),
)
const inside = (...folders: string[]) => everything.filter(({ file }) => folders.some((folder) => file.startsWith(`${folder}/`)))
const product = inside('shared', 'client', 'server')

/** Files that import something they may not, as `file -> import`. */
const strays = (sources: readonly Source[], mayNot: (to: string) => boolean) =>
  sources.flatMap(({ file, imports }) => imports.filter(mayNot).map((to) => `${file} -> ${to}`))
const own = (to: string) => /^(shared|client|server|tests)\//.test(to)
const saying = (sources: readonly Source[], words: RegExp) => sources.filter(({ code }) => words.test(code)).map(({ file }) => file)

describe('Who may import whom', () => {
  test('there is something to look at in every folder', () => {
    for (const folder of ['shared', 'client', 'server', 'tests']) expect(inside(folder).length, folder).toBeGreaterThan(5)
    expect(product.flatMap(({ imports }) => imports.filter(own)).length).toBeGreaterThan(50)
  })
  test('shared needs nothing of the client, the server or the tests', () => {
    expect(strays(inside('shared'), (to) => own(to) && !to.startsWith('shared/'))).toEqual([])
  })
  test('shared uses two libraries: schemas and hashes', () => {
    expect(strays(inside('shared'), (to) => !own(to) && !/^(zod|@noble\/hashes)(\/|$)/.test(to))).toEqual([])
  })
  test('the rules stand on plain facts and dates alone', () => {
    expect(strays(inside('shared/rules'), (to) => !/^shared\/(rules\/|time\.ts$|zones\.ts$)/.test(to))).toEqual([])
  })
  test('client and server know each other only by the words of shared', () => {
    expect(strays(inside('client'), (to) => to.startsWith('server/'))).toEqual([])
    expect(strays(inside('server'), (to) => to.startsWith('client/'))).toEqual([])
  })
  test('the product runs without its tests', () => {
    expect(strays(product, (to) => to.startsWith('tests/'))).toEqual([])
  })
  test('a component shows what it is given: no log, no sync, no screen', () => {
    expect(strays(inside('client/ui'), (to) => /^client\/(log|sync|screens|trust)\//.test(to))).toEqual([])
  })
})

describe('One place for each thing', () => {
  test('only client/log/db.ts names the device database library', () => {
    expect(
      inside('client')
        .filter(({ imports }) => imports.some((to) => to.startsWith('dexie')))
        .map(({ file }) => file),
    ).toEqual(['client/log/db.ts'])
  })
  test('only client/sync/http.ts talks to the network; whether the app itself would come is asked without it, since it may be what did not', () => {
    expect(saying(inside('client'), /\bfetch\(|\bXMLHttpRequest\b|\bsendBeacon\b|\bEventSource\(|\bWebSocket\(/)).toEqual([
      'client/sync/http.ts',
      'client/ui/lacking.ts',
    ])
  })
  test('only client/sync/forget.ts takes events or records out of the device', () => {
    expect(saying(inside('client'), /\bdb\s*\.(events|records)(\s*\.\w+\([^()]*\))*\s*\.(delete|clear|bulkDelete)\(/)).toEqual([
      'client/sync/forget.ts',
    ])
  })
  test('only server/config.ts reads the environment, handed over whole by the command line', () => {
    // The door tells Node's threads where compiled code is kept: Node listens to nothing but the environment there.
    expect(saying(product, /\bprocess\.env\s*[.[]|\bimport\.meta\.env\.(?!DEV|PROD|MODE)/)).toEqual(['server/cli/recoup.mjs'])
    expect(saying(product, /\bprocess\.env\b/)).toEqual(['server/cli/main.ts', 'server/cli/recoup.mjs'])
  })
  test('only server/log writes SQL on events', () => {
    const elsewhere = inside('server').filter(({ file }) => !file.startsWith('server/log/'))
    expect(saying(elsewhere, /\b(FROM|INTO|UPDATE|JOIN|TABLE)\s+event\b/i)).toEqual([])
  })
  test('no SQL is made out of pieces of text', () => {
    // What stands in a statement beside its own words: columns, conditions and marks that the program itself writes. What somebody sent is bound.
    const isSql = /\b(SELECT|INSERT|UPDATE|DELETE|REPLACE|FROM|WHERE|JOIN|VALUES|ORDER BY|GROUP BY|AND|OR|LIKE)\b|\binstr\(|\bjson_each\(/
    const pieces = inside('server').flatMap(({ file, code }) =>
      [...code.matchAll(/`((?:[^`\\]|\\.)*)`/g)]
        .filter(([, text = '']) => isSql.test(text))
        .flatMap(([, text = '']) => [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, piece]) => `${file.slice(7)}: ${piece}`)),
    )
    expect([...new Set(pieces)].toSorted()).toEqual([
      'desk/documents.ts: named',
      'desk/followUps.ts: nameOf',
      'log/sectionScopes.ts: PREFIX',
      'people/approvals.ts: COLUMNS',
      'people/disclosures.ts: columns',
      'totals/answers.ts: column',
      "totals/behind.ts: isSpan ? 'AND p.span = @key' : ''",
      'totals/behind.ts: site',
      "totals/behind.ts: where(query, scope, 'd.site', 'd.earned_on', query.part && OF_DAY[query.part])",
      "totals/behind.ts: where(query, scope, 's.site', 's.school_date', of)",
      "totals/behind.ts: where(query, scope, 's.site', 's.school_date', query.part && OF_SESSION[query.part])",
      "totals/dashboard.ts: site === undefined ? '' : 'site = @site AND '",
      'totals/roster.ts: i',
      'totals/roster.ts: inScope',
      'totals/roster.ts: order',
      'totals/roster.ts: where',
      'totals/writer.ts: TABLES[table]',
      'totals/writer.ts: marks(12)',
      'totals/writer.ts: marks(14)',
      'totals/writer.ts: marks(33)',
      'totals/writer.ts: table',
    ])
    const joined =
      /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|FROM|WHERE|AND|ORDER BY)\b[^'"`\n]*['"`]\s*\+|\+\s*['"`][^'"`\n]*\b(FROM|WHERE|AND|ORDER BY)\b/
    expect(saying(inside('server'), joined)).toEqual([])
    expect(saying(inside('server'), /\.(prepare|exec|pragma)\([^'"`)]*\+/)).toEqual([])
  })
})

describe('The same answer on every device', () => {
  test('shared has no clock and no chance', () => {
    expect(
      saying(
        inside('shared'),
        /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bcrypto\.(randomUUID|getRandomValues)\b/,
      ),
    ).toEqual([])
  })
  test('shared does not ask the device for its language, its zone or its alphabet', () => {
    expect(
      saying(
        inside('shared'),
        /\bIntl\b|\blocaleCompare\b|\btoLocale\w*|\bgetTimezoneOffset\b|\.get(Hours|Minutes|Day|Date|Month|FullYear)\(/,
      ),
    ).toEqual([])
  })
})

describe('How code reads here', () => {
  test('nothing silences the compiler or the linter, and nothing is left for later', () => {
    const silenced = new RegExp(
      ['@ts-(ignore|nocheck|expect-error)', '(eslint|oxlint|biome)-(disable|ignore)', '\\bTO' + 'DO\\b', '\\bFIX' + 'ME\\b'].join('|'),
    )
    const self = path.basename(import.meta.filename)
    expect(everything.filter(({ file, text }) => !file.endsWith(self) && silenced.test(text)).map(({ file }) => file)).toEqual([])
    expect(everything.filter(({ file, code }) => !file.endsWith(self) && /\bas any\b/.test(code)).map(({ file }) => file)).toEqual([])
  })
  test('a file holds one idea: none is longer than 220 lines but lists that are one', () => {
    const lists = /^shared\/rules\/law\.ts$|^client\/words\/|^shared\/zones\.ts$/
    const long = product.filter(({ file, text }) => !lists.test(file) && text.split('\n').length > 221)
    expect(long.map(({ file, text }) => `${file}: ${text.split('\n').length - 1} lines`)).toEqual([])
  })
  test('nothing names a folder of the machine it was written on', () => {
    expect(everything.filter(({ text }) => /['"`\s(]\/(work|home|root|Users)\/\w/.test(text)).map(({ file }) => file)).toEqual([])
  })
  test('the tests are run, every one: none is skipped and none runs alone', () => {
    expect(saying(inside('tests'), /\b(test|describe|it)\.(only|skip|todo)\b/)).toEqual([])
  })
})
