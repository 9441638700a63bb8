/** Sets of event types that features share. */
export const LEAD = ['lead.created', 'lead.changed'];
export const DEAL = ['opportunity.created', 'opportunity.changed'];
export const ACCOUNT = ['account.created', 'account.changed'];
export const CONTACT = ['contact.created', 'contact.changed'];
export const CAMPAIGN = ['campaign.created', 'campaign.changed'];

/** What a person does of their own accord. */
export const INTENT = ['web.visited', 'web.form_submitted', 'email.clicked', 'email.replied'];
export const MEETINGS = ['meeting.booked', 'meeting.held'];
export const ACTIVITY = [...INTENT, 'email.opened', 'call.logged', ...MEETINGS];
/** What a rep does. */
export const TOUCHES = ['call.logged', 'email.sent', 'meeting.held'];
/** The end of a lead's or an opportunity's time in the book. */
export const LEAD_ENDS = ['lead.converted', 'lead.closed', 'lead.deleted'];
export const DEAL_ENDS = ['opportunity.won', 'opportunity.lost', 'opportunity.deleted'];
