// The shop with a data router.
import { watchRouter } from '@limen/agent/react-router';
import { createBrowserRouter, Outlet, redirect } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { Broken, Home, Missing, Product, Shelf } from './pages.jsx';
import { Guarded, mount } from './root.jsx';

const Layout = () => (
  <main>
    <Outlet />
  </main>
);

const router = createBrowserRouter([
  {
    path: '/',
    element: <Layout />,
    children: [
      { index: true, element: <Home /> },
      { path: 'product/:id', loader: ({ params }) => fetch(`/api/product/${params.id}`), element: <Product /> },
      // The route's own element would catch it before the boundary around it is asked.
      { path: 'broken', element: <Guarded /> },
      { path: 'crash', element: <Broken />, errorElement: <Missing /> },
      { path: 'old', loader: () => redirect('/product/9') },
      { path: 'about', lazy: async () => ({ Component: (await import('./lazy.jsx')).About }) },
      { path: '/shelf', children: [{ path: '/shelf/:category/*', element: <Shelf /> }] },
    ],
  },
]);
if (!location.search.includes('bare')) watchRouter(router);
mount(<RouterProvider router={router} />);
