/** `npm run trust-pages`: writes docs/asvs.md and docs/attacks.md. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { asvsPage, attacksPage } from './page.ts'

const docs = path.resolve(import.meta.dirname, '../../docs')
writeFileSync(path.join(docs, 'asvs.md'), asvsPage())
writeFileSync(path.join(docs, 'attacks.md'), attacksPage())
