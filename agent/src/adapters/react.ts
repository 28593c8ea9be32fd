// React: a boundary that reports what it catches, and the handlers of React 19 for what no boundary of ours catches.
import { Component, createElement, Fragment, type ErrorInfo, type ReactNode } from 'react';
import { tell, throwToPage } from './running';

export interface LimenErrorBoundaryProps {
  children?: ReactNode;
  /** Shown in place of the children that threw; as a function it may offer to try again. Default nothing. */
  fallback?: ReactNode | ((caught: { error: unknown; reset: () => void }) => ReactNode);
  onError?: (error: unknown, info: ErrorInfo) => void;
}

interface State {
  /** In a box, because what was thrown may be undefined. */
  caught: { error: unknown } | undefined;
}

type Handler = (error: unknown, info: { componentStack?: string | null | undefined }) => void;

/** What React 19 takes as options of `createRoot` and `hydrateRoot`. */
export interface ReactErrorHandlers {
  onUncaughtError: Handler;
  onCaughtError: Handler;
  onRecoverableError: Handler;
}

/** What the root has told just now: React calls it first, and the boundary that caught the same error next. */
let toldByRoot: { error: unknown; stack: string | undefined } | undefined;

export class LimenErrorBoundary extends Component<LimenErrorBoundaryProps, State> {
  override state: State = { caught: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { caught: { error } };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    const stack = info.componentStack ?? undefined;
    const isTold = toldByRoot && toldByRoot.error === error && toldByRoot.stack === stack;
    toldByRoot = undefined;
    if (!isTold) report(error, true, stack);
    this.props.onError?.(error, info);
  }

  reset = (): void => this.setState({ caught: undefined });

  override render(): ReactNode {
    const { caught } = this.state;
    const { children, fallback } = this.props;
    if (!caught) return createElement(Fragment, null, children);
    return (typeof fallback === 'function' ? fallback({ error: caught.error, reset: this.reset }) : fallback) ?? null;
  }
}

/**
 * Reports and then does what React does by itself in production, so that the console reads the same.
 * Handlers of your own, given here, are called in place of that.
 */
export function reactErrorHandlers(own: Partial<ReactErrorHandlers> = {}): ReactErrorHandlers {
  return {
    onUncaughtError(error, info) {
      // What is no object has no identity: the agent would take it again when it reaches the window.
      if (own.onUncaughtError || isObject(error)) report(error, false, stackOf(info));
      (own.onUncaughtError ?? throwToPage)(error, info);
    },
    onCaughtError(error, info) {
      const stack = stackOf(info);
      toldByRoot = { error, stack };
      report(error, true, stack);
      (own.onCaughtError ?? logToConsole)(error, info);
    },
    onRecoverableError(error, info) {
      if (own.onRecoverableError || isObject(error)) report(error, true, stackOf(info));
      (own.onRecoverableError ?? throwToPage)(error, info);
    },
  };
}

const report = (error: unknown, handled: boolean, componentStack: string | undefined): void =>
  tell('error', error, undefined, { mechanism: 'react', handled, componentStack });

const stackOf: (info: Parameters<Handler>[1]) => string | undefined = (info) => info?.componentStack ?? undefined;

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const logToConsole = (error: unknown): void => console.error(error);
