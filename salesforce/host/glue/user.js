/** The acting user of the local org: `?user=` of the page's address, as an org's `@salesforce/user/Id`. */
export default new URLSearchParams(location.search).get('user') ?? '';
