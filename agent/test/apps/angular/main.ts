// The shop in Angular, with zone.js where the page has loaded it: with the providers of the agent, or without them with `?bare` in the URL.
import '@angular/compiler';
import { provideLimen } from '@limen/agent/angular';
import { ErrorHandler, NgZone, provideZoneChangeDetection, provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, type Routes } from '@angular/router';
import { Broken, Home, Missing, Product, Shelf, Shop } from './pages';

const asked = new URLSearchParams(location.search);
const page = globalThis as Record<string, any>;

const routes: Routes = [
  { path: '', component: Home },
  { path: 'product/:id', component: Product },
  { path: 'broken', component: Broken },
  { path: 'old', redirectTo: 'product/9' },
  { path: 'about', loadComponent: () => import('./lazy').then(({ About }) => About) },
  { path: 'shelf', children: [{ path: ':category/:id', component: Shelf }] },
  { path: '**', component: Missing },
];

class OwnHandler extends ErrorHandler {
  override handleError(error: any): void {
    (page['ownHandler'] ??= []).push(error.message);
    super.handleError(error);
  }
}

const limen = provideLimen(asked.has('own') ? { errorHandler: OwnHandler } : {});
const changeDetection = 'Zone' in globalThis ? provideZoneChangeDetection() : provideZonelessChangeDetection();
const own = [changeDetection, provideRouter(routes)];

const { injector } = await bootstrapApplication(Shop, { providers: asked.has('bare') ? own : [...own, limen] });
page['inAngular'] = (act: () => void) => injector.get(NgZone).run(act);
page['checks'] = () => Shop.checks;
