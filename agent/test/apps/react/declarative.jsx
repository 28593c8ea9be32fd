// The shop with declarative routes, some of them inside a splat of the others.
import { LimenRoutes, useLimenRoutes } from '@limen/agent/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { Broken, Home, Missing, Product, Shelf } from './pages.jsx';
import { Guarded, mount } from './root.jsx';

const About = lazy(() => import('./lazy.jsx'));
const AllRoutes = location.search.includes('bare') ? Routes : LimenRoutes;

const Shelves = () => useLimenRoutes([{ path: ':category/:id', element: <Shelf /> }]);

mount(
  <StrictMode>
    <BrowserRouter>
      <Suspense fallback={<h1>Loading</h1>}>
        <AllRoutes>
          <Route path="/" element={<Home />} />
          <Route path="product/:id" element={<Product />} />
          <Route path="broken" element={<Guarded />} />
          <Route path="crash" element={<Broken />} />
          <Route path="old" element={<Navigate to="/product/9" replace />} />
          <Route path="about" element={<About />} />
          <Route path="shelf/*" element={<Shelves />} />
          <Route path="*" element={<Missing />} />
        </AllRoutes>
      </Suspense>
    </BrowserRouter>
  </StrictMode>,
);
