/**
 * How much a file may ask of the server. A district of 50,000 students stays far below; a file above them is broken or hostile,
 * and is refused while it streams by, before it takes memory.
 */
export const LIMITS = {
  /** Bytes of one file, and of everything a zip unpacks to. */
  fileBytes: 200 * 1024 * 1024,
  /** Bytes between two line ends. */
  lineBytes: 64 * 1024,
  /** Bytes of one row, with the line breaks inside its quotes. */
  rowBytes: 128 * 1024,
  columns: 200,
  rows: 500_000,
  /** Characters of a cell that is kept. */
  cell: 200,
  zipEntries: 50,
  /** Unpacked size to packed size of one entry, above `ratioFrom` bytes. */
  zipRatio: 100,
  zipRatioFrom: 1024 * 1024,
  folderFiles: 500,
  /** Faults listed one by one; the rest are counted. */
  faults: 2_000,
} as const
