import { playIn } from './playIn.ts'
import { firefox } from './firefox.ts'

playIn(firefox)
