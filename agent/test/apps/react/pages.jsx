// The pages of the shop in React: a list, a product, one that fails to render, one inside a splat.
import { Link, useParams } from 'react-router';

const PRODUCTS = [1, 2, 3];

export const Home = () => (
  <>
    <h1>Home</h1>
    <ul>
      {PRODUCTS.map((id) => (
        <li key={id}>
          <Link id={`product-${id}`} to={`/product/${id}`}>
            Product {id}
          </Link>
        </li>
      ))}
    </ul>
    <Link id="broken" to="/broken">
      Broken
    </Link>
    <Link id="crash" to="/crash">
      Crash
    </Link>
    <Link id="old" to="/old">
      Old
    </Link>
    <Link id="about" to="/about">
      About
    </Link>
    <Link id="shelf" to="/shelf/books/7">
      Shelf
    </Link>
    <button
      id="throw"
      onClick={() => {
        throw new RangeError('the click failed');
      }}
    >
      Throw
    </button>
  </>
);

export const Product = () => (
  <>
    <h1>Product {useParams().id}</h1>
    <Link id="home" to="/">
      Home
    </Link>
  </>
);

export const Shelf = () => <h1>Shelf of {useParams().category}</h1>;

export const Missing = () => <h1>Missing</h1>;

/** Fails whenever it is rendered, and may be mended by the test. */
export function Broken() {
  if (!globalThis.mended) throw new TypeError('the page failed to render');
  return <h1>Mended</h1>;
}
