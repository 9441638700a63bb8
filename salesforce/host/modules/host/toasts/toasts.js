import { LightningElement, api } from 'lwc';

const SHOWN_MS = 5000;
const ICONS = {
  success: 'utility:success',
  error: 'utility:error',
  warning: 'utility:warning',
  info: 'utility:info',
};

/** The toasts of the frame; each leaves by itself, errors stay until they are closed. */
export default class Toasts extends LightningElement {
  toasts = [];
  next = 1;

  /** Shows one toast: `{ title, message, variant, mode }`. */
  @api
  show({ title, message, variant, mode }) {
    const id = this.next++;
    const kind = variant in ICONS ? variant : 'info';
    const theme = `slds-notify slds-notify_toast slds-theme_${kind}`;
    this.toasts = [...this.toasts, { id, title, message, icon: ICONS[kind], theme }];
    if (mode !== 'sticky') setTimeout(() => this.remove(id), SHOWN_MS);
  }

  handleClose(event) {
    this.remove(Number(event.currentTarget.dataset.id));
  }

  remove(id) {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }
}
