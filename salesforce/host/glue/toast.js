export const TOAST = 'lightning__showtoast';

/** As an org's ShowToastEvent: the frame around the components hears it and shows the toast. */
export class ShowToastEvent extends CustomEvent {
  constructor({ title, message = '', variant = 'info', mode = 'dismissible' }) {
    super(TOAST, { bubbles: true, composed: true, cancelable: true, detail: { title, message, variant, mode } });
  }
}
