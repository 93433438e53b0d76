/** What every server in the sync bench is asked to do, in its own way: take events until they are durable, give them to an empty client. */
export interface Server {
  readonly url: string
  readonly pid: number
  /** Whatever a client needs to know besides. */
  readonly secret: string
  end(signal?: NodeJS.Signals): Promise<unknown>
}

export interface Client {
  /** Puts this many new events in the client's own store, before the clock runs. */
  load(count: number): Promise<void>
  /** Resolves when the server says, by its own rules, that it has them. */
  push(): Promise<void>
  /** Fetches everything; gives the number of events held then. */
  pull(): Promise<number>
  close(): Promise<void>
}

export interface Adapter {
  /** Starts the server over an empty folder. */
  serve(folder: string): Promise<Server>
  connect(server: Server): Promise<Client>
}

/** Every adapter sends and asks for this many events at once. */
export const BATCH = 500
