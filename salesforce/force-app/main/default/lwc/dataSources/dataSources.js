import { LightningElement, api } from 'lwc';
import { before } from 'c/age';
import * as words from 'c/words';

/** Where the data comes from, how old each source's newest is, and whether that is later than it should be. */
export default class DataSources extends LightningElement {
  /** @type {{ source: string, ageSeconds: number, stale: boolean }[]} */
  @api sources = [];
  /** ISO time at which the ages were taken. */
  @api generatedAt;

  ageWords = words.insight.sourceAge;

  get rows() {
    const names = words.source;
    return (this.sources ?? []).map(({ source, ageSeconds, stale }) => ({
      source,
      name: Object.hasOwn(names, source) ? names[source] : source,
      since: before(this.generatedAt, ageSeconds),
      icon: stale ? 'utility:warning' : 'utility:check',
      verdict: stale ? words.insight.sourceStale : words.insight.sourceFresh,
      className: stale ? 'row row_late' : 'row',
    }));
  }
}
