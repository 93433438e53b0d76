/** The page an auditor opens from a disk: an audit packet is read here, checked here, and sent nowhere. Built into one file. */
import '../sync/plainSchemas.ts'
import type { Finding } from '../../shared/evidence/judge.ts'
import { verifyPacket } from '../../shared/evidence/packet.ts'
import { en, es } from '../words/verifier.ts'
import { tools } from './tools.ts'

const spanish = navigator.language.startsWith('es')
const words = spanish ? es : en
const part = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no ${id}`)
  return found
}

document.documentElement.lang = spanish ? 'es' : 'en'
document.title = words.title
part('title').textContent = words.title
part('lead').textContent = words.lead
part('choose').textContent = words.choose
part('keyLabel').textContent = words.key

const file = part('file')
const key = part('key')
const outcome = part('outcome')

function line(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag)
  element.textContent = text
  return element
}

const where = ({ seq, what }: Finding): string => (seq === null ? (what === '' ? words.whole : what) : words.number(seq))

async function check(): Promise<void> {
  const chosen = file instanceof HTMLInputElement ? file.files?.[0] : undefined
  if (!chosen) return
  outcome.className = ''
  outcome.replaceChildren(line('p', words.busy))
  const text = await chosen.text()
  // Lets the page say that it reads before it does.
  await new Promise((done) => setTimeout(done, 30))
  const wanted = key instanceof HTMLInputElement ? key.value.trim() : ''
  const found = verifyPacket(text, tools, wanted === '' ? undefined : wanted)
  const [first] = found.findings
  outcome.className = first ? 'not' : 'holds'
  if (!first) {
    outcome.replaceChildren(
      line('h2', words.holds),
      line('p', words.counts(found.events, found.receipts, found.students)),
      line('p', words.signedWith(found.key)),
    )
    return
  }
  const list = document.createElement('ul')
  for (const finding of found.findings.slice(0, 100)) list.append(line('li', `${where(finding)}: ${words.faults[finding.fault]}`))
  outcome.replaceChildren(
    line('h2', words.holdsNot),
    line('p', words.first(where(first), words.faults[first.fault])),
    line('p', words.more(found.findings.length)),
    list,
  )
}

file.addEventListener('change', () => void check())
key.addEventListener('change', () => void check())
