// A page that is loaded when its route is asked for.
import { Component } from '@angular/core';

@Component({ selector: 'shop-about', template: '<h1>About</h1>' })
export class About {}
