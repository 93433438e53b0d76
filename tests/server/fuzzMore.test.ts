import { fuzzRounds } from '../support/fuzzRounds.ts'

fuzzRounds(1)
