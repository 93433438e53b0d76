import { Component, type ReactNode } from 'react'

interface Props {
  /** Where one is: elsewhere, what broke here is drawn anew. */
  readonly at?: string
  /** What stands in the place of the children when one of them cannot be drawn. */
  readonly instead: (fault: unknown, retry: () => void) => ReactNode
  readonly children: ReactNode
}

interface State {
  readonly broken: { readonly fault: unknown } | null
}

/** Without one, a child that throws while it is drawn takes the whole app from the screen. */
export class Boundary extends Component<Props, State> {
  override state: State = { broken: null }
  static getDerivedStateFromError(fault: unknown): State {
    return { broken: { fault } }
  }
  override componentDidUpdate(before: Props): void {
    if (this.state.broken && before.at !== this.props.at) this.retry()
  }
  readonly retry = (): void => this.setState({ broken: null })
  override render(): ReactNode {
    const { broken } = this.state
    return broken ? this.props.instead(broken.fault, this.retry) : this.props.children
  }
}
