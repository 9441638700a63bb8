// lightning/navigation over hash routes: `#/` is Home, `#/lead/<recordId>` a record page.

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

/** The local address of a page reference. */
export function addressOf(reference) {
  if (reference?.type === 'standard__recordPage') return `#/lead/${encodeURIComponent(reference.attributes.recordId)}`;
  return '#/';
}

/** The record id of the current address, or null on Home. */
export function currentRecordId() {
  const match = /^#\/lead\/([^/]+)$/.exec(location.hash);
  return match ? decodeURIComponent(match[1]) : null;
}

/** Adds `this[NavigationMixin.Navigate]` and `this[NavigationMixin.GenerateUrl]`, as an org does. */
export function NavigationMixin(Base) {
  return class extends Base {
    [Navigate](reference) {
      location.hash = addressOf(reference);
    }

    async [GenerateUrl](reference) {
      return addressOf(reference);
    }
  };
}
NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;
