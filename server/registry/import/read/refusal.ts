/**
 * Thrown while a file streams by to say that it cannot be imported at all; `runImport` catches it and answers with a report whose
 * one fault is this sentence.
 */
export class Refusal extends Error {
  readonly file: string
  /** 0 when the file as a whole is meant. */
  readonly line: number

  constructor(file: string, sentence: string, line = 0) {
    super(sentence)
    this.name = 'Refusal'
    this.file = file
    this.line = line
  }
}
