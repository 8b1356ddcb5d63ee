/** Keeps an error in one page from taking the navigation with it. */

import { Component, type ReactNode } from 'react'

interface ErrorBoundaryProps {
  /** The address of the page. Another one is tried again. */
  readonly path: string
  /** Shown in place of a page that failed. */
  readonly fallback: ReactNode
  readonly children: ReactNode
}

interface ErrorBoundaryState {
  readonly failedPath: string | undefined
}

/** A class, because React hands errors of drawing to classes only. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override readonly state: ErrorBoundaryState = { failedPath: undefined }

  static getDerivedStateFromProps(
    { path }: ErrorBoundaryProps,
    { failedPath }: ErrorBoundaryState,
  ): ErrorBoundaryState {
    return { failedPath: failedPath === path ? failedPath : undefined }
  }

  override componentDidCatch(): void {
    this.setState({ failedPath: this.props.path })
  }

  override render(): ReactNode {
    return this.state.failedPath === undefined ? this.props.children : this.props.fallback
  }
}
