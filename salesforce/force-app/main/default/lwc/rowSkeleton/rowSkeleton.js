import { LightningElement, api } from 'lwc';
import * as words from 'c/words';

/** Grey rows in the shape of what is coming. */
export default class RowSkeleton extends LightningElement {
  @api rows = 4;

  loading = words.state.loading;

  get places() {
    return Array.from({ length: this.rows }, (_, index) => index);
  }
}
