// The pages of the shop in Angular: a list, a product, one that fails to render; compiled in the browser.
import { ChangeDetectorRef, Component, inject } from '@angular/core';
import { ActivatedRoute, RouterLink, RouterOutlet } from '@angular/router';

@Component({
  selector: 'shop-home',
  imports: [RouterLink],
  template: `
    <h1>Home</h1>
    <ul>
      @for (id of ids; track id) {
        <li>
          <a [id]="'product-' + id" [routerLink]="['/product', id]">Product {{ id }}</a>
        </li>
      }
    </ul>
    <a id="broken" routerLink="/broken">Broken</a>
    <a id="old" routerLink="/old">Old</a>
    <a id="about" routerLink="/about">About</a>
    <a id="shelf" routerLink="/shelf/books/7">Shelf</a>
    <a id="nowhere" routerLink="/nowhere/at/all">Nowhere</a>
    <button id="throw" (click)="fail()">Throw</button>
    <button id="reject" (click)="reject()">Reject</button>
    <button id="count" (click)="count()">{{ counted }}</button>
  `,
})
export class Home {
  ids = [1, 2, 3];
  counted = 0;
  private readonly changes = inject(ChangeDetectorRef);

  fail(): void {
    throw new RangeError('the click failed');
  }

  reject(): void {
    void Promise.reject(new RangeError('the promise failed'));
  }

  // Without `await`, which zone.js cannot follow.
  count(): void {
    void fetch('/api/count').then(({ ok }) => {
      if (ok) this.counted++;
      this.changes.markForCheck();
    });
  }
}

@Component({
  selector: 'shop-product',
  imports: [RouterLink],
  template: '<h1>Product {{ id }}</h1><a id="home" routerLink="/">Home</a>',
})
export class Product {
  id = inject(ActivatedRoute).snapshot.params['id'];
}

@Component({ selector: 'shop-shelf', template: '<h1>Shelf</h1>' })
export class Shelf {}

@Component({ selector: 'shop-missing', template: '<h1>Missing</h1>' })
export class Missing {}

@Component({ selector: 'shop-broken', template: '<h1>{{ title }}</h1>' })
export class Broken {
  get title(): string {
    throw new TypeError('the page failed to render');
  }
}

@Component({ selector: 'shop-root', imports: [RouterOutlet], template: '<main><router-outlet /></main>' })
export class Shop {
  static checks = 0;

  /** Angular asks this of every component in each round of its change detection. */
  ngDoCheck(): void {
    Shop.checks++;
  }
}
