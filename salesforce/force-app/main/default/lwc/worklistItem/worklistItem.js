import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { before } from 'c/age';
import { leavesList } from 'c/worklistState';
import * as words from 'c/words';

const ACTION_ICONS = {
  call: 'utility:call',
  email: 'utility:email',
  meeting: 'utility:event',
  wait: 'utility:clock',
};

/** One lead of the worklist: who, how good, why, what to do, and the four things a rep can say about it. */
export default class WorklistItem extends NavigationMixin(LightningElement) {
  /** An item of the worklist, with name, company and title. */
  @api item;
  /** ISO time at which the list was made. */
  @api generatedAt;
  /** Level of service of the whole list; only an item that differs says so itself. */
  @api listLevel;
  /** What the rep has done about it, or undefined. */
  @api mark;
  /** True for the lead whose page is open. */
  @api current = false;

  asking = null;
  url = '#';
  words = words;

  async connectedCallback() {
    this.url = await this[NavigationMixin.GenerateUrl](this.page);
  }

  renderedCallback() {
    if (!this.focusChoice) return;
    this.focusChoice = false;
    this.refs.choice?.focus();
  }

  get page() {
    const { record, object } = this.item;
    return { type: 'standard__recordPage', attributes: { recordId: record, objectApiName: object, actionName: 'view' } };
  }

  get name() {
    return this.item.name ?? words.fill(words.item.unnamed, this.item.record);
  }

  get about() {
    return [this.item.title, this.item.company].filter(Boolean).join(', ');
  }

  get positionSpoken() {
    return words.fill(words.item.position, this.item.position);
  }

  get actionsLabel() {
    return words.fill(words.item.actions, this.name);
  }

  get actionIcon() {
    return ACTION_ICONS[this.item.action.kind] ?? 'utility:task';
  }

  get dataSince() {
    return before(this.generatedAt, this.item.dataAgeSeconds);
  }

  get differs() {
    return this.item.level !== this.listLevel;
  }

  get isGone() {
    return leavesList(this.mark);
  }

  get rowClass() {
    return ['row', this.isGone && 'row_gone', this.current && 'row_current'].filter(Boolean).join(' ');
  }

  get ariaCurrent() {
    return this.current ? 'true' : null;
  }

  get markText() {
    const { mark } = words;
    const texts = { accept: mark.done, snooze: mark.snoozed, dismiss: mark.dismissed, dispute: mark.disputed };
    return this.mark ? words.fill(texts[this.mark.action], this.dayText(this.mark.until)) : '';
  }

  dayText(time) {
    if (!time) return '';
    const format = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone });
    return format.format(new Date(time));
  }

  /** Puts the keyboard on the lead's name. */
  @api
  focus() {
    this.refs.name?.focus();
  }

  handleOpen(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this[NavigationMixin.Navigate](this.page);
  }

  handleDone() {
    this.act('accept', { reason: null, snoozeUntil: null });
  }

  handleAsk(event) {
    const { kind } = event.currentTarget.dataset;
    this.asking = this.asking === kind ? null : kind;
    this.focusChoice = this.asking !== null;
  }

  handleCancel() {
    const kind = this.asking;
    this.asking = null;
    this.template.querySelector(`[data-kind="${kind}"]`)?.focus();
  }

  handleChoose(event) {
    this.act(this.asking, event.detail);
  }

  act(action, { reason, snoozeUntil }) {
    this.asking = null;
    const { record, decision } = this.item;
    const detail = { record, decision, name: this.name, action, reason, snoozeUntil, day: this.dayText(snoozeUntil) };
    this.dispatchEvent(new CustomEvent('act', { detail }));
  }
}
