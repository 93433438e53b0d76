import { playIn } from './playIn.ts'
import { webkit } from './webkit.ts'

playIn(webkit)
