import { LightningElement } from 'lwc';
import { currentRecordId } from 'lightning/navigation';
import userId from '@salesforce/user/Id';

/** The frame of the local org: header, the rep's list on the left, the clicked lead on the right, toasts on top. */
export default class App extends LightningElement {
  recordId = currentRecordId();
  users = [];
  hashChanged = () => {
    this.recordId = currentRecordId();
    if (this.recordId && matchMedia('(max-width: 60rem)').matches) scrollTo(0, 0);
  };

  connectedCallback() {
    window.addEventListener('hashchange', this.hashChanged);
    this.loadUsers();
  }

  disconnectedCallback() {
    window.removeEventListener('hashchange', this.hashChanged);
  }

  /** The people of the local org; without a chosen one, the first. */
  async loadUsers() {
    const response = await fetch('/local/users').catch(() => null);
    this.users = response?.ok ? await response.json() : [];
    if (!userId && this.users.length > 0) this.actAs(this.users[0].id);
  }

  handleUserChange(event) {
    this.actAs(event.detail);
  }

  actAs(user) {
    const address = new URL(location.href);
    address.searchParams.set('user', user);
    address.hash = '#/';
    if (userId) location.assign(address);
    else location.replace(address);
  }

  handleToast(event) {
    this.refs.toasts.show(event.detail);
  }

  get userId() {
    return userId;
  }

  get hasUser() {
    return Boolean(userId);
  }

  get listClass() {
    return this.recordId ? 'column list list_beside' : 'column list';
  }
}
