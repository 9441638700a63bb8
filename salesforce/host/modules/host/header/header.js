import { LightningElement, api } from 'lwc';

/** The bar on top: what this is, that the org is simulated, and who acts. */
export default class Header extends LightningElement {
  @api users = [];
  @api userId;

  get options() {
    return this.users.map(({ id, name, role }) => ({
      id,
      text: role ? `${name} (${role})` : name,
      selected: id === this.userId,
    }));
  }

  handleChange(event) {
    this.dispatchEvent(new CustomEvent('userchange', { detail: event.target.value }));
  }
}
