import { LightningElement, api } from 'lwc';
import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import * as words from 'c/words';

/** For the curious and the auditor: the decision id to copy, the model, the log position. */
export default class Provenance extends LightningElement {
  /** The service's insight. */
  @api answer;

  copied = false;
  words = words;

  get model() {
    const { model } = this.answer;
    if (!model) return words.insight.noModel;
    return `${model.id}, ${words.fill(words.insight.modelTrained, this.format(model.trainedAt))}`;
  }

  get scoredAt() {
    return this.format(this.answer.generatedAt);
  }

  get copyText() {
    return this.copied ? words.action.copied : words.action.copy;
  }

  get copyIcon() {
    return this.copied ? 'utility:check' : 'utility:copy_to_clipboard';
  }

  format(time) {
    const at = Date.parse(time);
    if (Number.isNaN(at)) return words.age.unknown;
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(at);
  }

  async handleCopy() {
    try {
      await navigator.clipboard.writeText(this.answer.decision);
      this.copied = true;
    } catch {
      // Without leave to use the clipboard the id is selected instead, ready for the keyboard.
      getSelection().selectAllChildren(this.refs.decision);
    }
  }
}
