// Mounts an application with the error handlers of the agent, or as React does it alone with `?bare` in the URL.
import { LimenErrorBoundary, reactErrorHandlers } from '@limen/agent/react';
import { Component } from 'react';
import { createRoot } from 'react-dom/client';
import { Broken } from './pages.jsx';

const asked = new URLSearchParams(location.search);

class OwnBoundary extends Component {
  state = { failed: false };
  static getDerivedStateFromError = () => ({ failed: true });
  componentDidCatch() {}
  render() {
    return this.state.failed ? <h1>Sorry</h1> : this.props.children;
  }
}

const Sorry = ({ error, reset }) => (
  <>
    <h1>Sorry</h1>
    <p>{error.message}</p>
    <button id="again" onClick={reset}>
      Again
    </button>
  </>
);

/** The broken page in the boundary of the agent, or in one of the page's own with `?bare` or `?own`. */
export const Guarded = () =>
  asked.has('bare') || asked.has('own') ? (
    <OwnBoundary>
      <Broken />
    </OwnBoundary>
  ) : (
    <LimenErrorBoundary
      fallback={(caught) => <Sorry {...caught} />}
      onError={(error) => {
        globalThis.ownOnError = error.message;
      }}
    >
      <Broken />
    </LimenErrorBoundary>
  );

export const mount = (node) =>
  createRoot(document.getElementById('root'), asked.has('bare') ? {} : reactErrorHandlers()).render(node);
