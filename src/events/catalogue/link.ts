import type { EventSchema } from '../schema.ts';
import { typesOf } from './define.ts';
import { oneOf, reference, required } from './fields.ts';

/** Who is the same as whom: what was done under one identity counts for the other from then on. */
export const LINK_EVENTS: readonly EventSchema[] = [
  typesOf({ kinds: ['visitor'], scopes: ['web', 'email', 'marketing', 'crm'] })(
    110,
    'link.visitor',
    {
      lead: reference(1, 'lead'),
      contact: reference(2, 'contact'),
      account: reference(3, 'account'),
      by: oneOf(4, ['form', 'email', 'login', 'network']),
    },
    { needs: ['lead', 'contact', 'account'] },
  ),
  typesOf({ kinds: ['visitor'], scopes: ['web', 'email', 'marketing', 'crm'] })(111, 'link.removed', {
    lead: reference(1, 'lead'),
    contact: reference(2, 'contact'),
    account: reference(3, 'account'),
  }),
  /** Of a lead that is found to be of a known company or a known person. */
  typesOf({ kinds: ['lead'], scopes: ['crm', 'marketing'] })(
    112,
    'link.lead',
    { contact: reference(1, 'contact'), account: reference(2, 'account') },
    { needs: ['contact', 'account'] },
  ),
  /** Of the record that stays; `loser` is the one that is gone. */
  typesOf({ kinds: ['lead', 'contact', 'account', 'campaign'], scopes: ['crm'] })(113, 'record.merged', {
    loser: required(reference(1, 'same')),
  }),
];
