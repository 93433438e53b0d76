import type { Expected } from '../expected.ts'

/**
 * Thrown while a file streams by to say that it cannot be imported at all; `runImport` catches it and answers with a report whose
 * one fault is this sentence.
 */
export class Refusal extends Error {
  readonly file: string
  /** 0 when the file as a whole is meant. */
  readonly line: number

  /** The sentence, by its code. */
  readonly said: Expected

  constructor(file: string, said: Expected, line = 0) {
    super(said.expected)
    this.said = said
    this.name = 'Refusal'
    this.file = file
    this.line = line
  }
}
