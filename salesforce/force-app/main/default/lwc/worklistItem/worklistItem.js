import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { before } from 'c/age';
import { isByRules } from 'c/answer';
import { markText } from 'c/feedback';
import { leavesList } from 'c/worklistState';
import { aboutOf, nameOf } from 'c/record';
import * as words from 'c/words';

const ACTION_ICONS = {
  call: 'utility:call',
  email: 'utility:email',
  meeting: 'utility:event',
  linkedin: 'utility:socialshare',
  nurture: 'utility:campaign',
  handover: 'utility:change_owner',
  wait: 'utility:clock',
};

/** One lead or opportunity of the worklist: who, how good, why, what to do, and what the rep has said about it. */
export default class WorklistItem extends NavigationMixin(LightningElement) {
  /** An item of the worklist, with name, company and title. */
  @api item;
  /** ISO time at which the list was made. */
  @api generatedAt;
  /** Level of service of the whole list; only an item that differs says so itself. */
  @api listLevel;
  /** The item that stands next below it, or undefined. */
  @api next;
  /** @type {import('c/feedback').Feedback|undefined} what the rep has said about it */
  @api
  get mark() {
    return this._mark;
  }
  set mark(feedback) {
    if (leavesList(feedback)) this.height ||= `min-height: ${this.refs?.row.offsetHeight ?? 0}px`;
    else this.height = '';
    this._mark = feedback;
  }
  /** True for the record whose page is open. */
  @api current = false;

  url = '#';
  /** A row that is dealt with keeps its height, so that no other row moves under the hand. */
  height = '';
  _mark;
  words = words;

  async connectedCallback() {
    this.url = await this[NavigationMixin.GenerateUrl](this.page);
  }

  get page() {
    const { record, object } = this.item;
    const attributes = { recordId: record, objectApiName: object, actionName: 'view' };
    return { type: 'standard__recordPage', attributes };
  }

  get name() {
    return nameOf(this.item);
  }

  get about() {
    return aboutOf(this.item);
  }

  get positionSpoken() {
    return words.fill(words.item.position, this.item.position);
  }

  get actionIcon() {
    return ACTION_ICONS[this.item.action?.kind] ?? 'utility:task';
  }

  get dataSince() {
    return before(this.generatedAt, this.item.dataAgeSeconds);
  }

  get differs() {
    return !isByRules(this.item) && this.item.level !== this.listLevel;
  }

  /** How the score stands against that of a week ago; a single point is no news. */
  get week() {
    const points = this.item.week?.points ?? 0;
    if (Math.abs(points) < 2) return '';
    return words.fill(points > 0 ? words.item.weekUp : words.item.weekDown, Math.abs(points));
  }

  /** What the org's own rules give it, where the service did not answer. */
  get points() {
    return this.item.level === 'L4' ? words.fill(words.score.points, this.item.points) : '';
  }

  /** There is no decision to say anything about where the service did not answer. */
  get canAnswer() {
    return this.isOpen && Boolean(this.item.decision);
  }

  get hasFlags() {
    return this.isOpen && this.item.flags?.length > 0;
  }

  get isOpen() {
    return !leavesList(this.mark);
  }

  get rowClass() {
    return ['row', !this.isOpen && 'row_gone', this.current && 'row_current'].filter(Boolean).join(' ');
  }

  get ariaCurrent() {
    return this.current ? 'true' : null;
  }

  get markText() {
    return markText(this.mark);
  }

  /** Puts the keyboard on the record's name. */
  @api
  focus() {
    this.refs.name?.focus();
  }

  handleOpen(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this[NavigationMixin.Navigate](this.page);
  }

  handleAct({ detail: feedback }) {
    const { record, decision } = this.item;
    this.dispatchEvent(new CustomEvent('act', { detail: { record, decision, name: this.name, feedback } }));
  }
}
