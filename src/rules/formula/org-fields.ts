import type { OrgField } from './settings.ts';

/** Where Salesforce has what the catalogue's fields of a lead hold, in an org that renamed nothing. */
const LEAD: Readonly<Record<string, OrgField>> = {
  lead_source: { field: 'LeadSource', type: 'picklist' },
  industry: { field: 'Industry', type: 'picklist' },
  rating: { field: 'Rating', type: 'picklist' },
  status: { field: 'Status', type: 'picklist' },
  country: { field: 'Country', type: 'text' },
  email: { field: 'Email', type: 'email' },
  employees: { field: 'NumberOfEmployees', type: 'number' },
  annual_revenue: { field: 'AnnualRevenue', type: 'number' },
  opted_out: { field: 'HasOptedOutOfEmail', type: 'checkbox' },
  do_not_call: { field: 'DoNotCall', type: 'checkbox' },
};

const OPPORTUNITY: Readonly<Record<string, OrgField>> = {
  type: { field: 'Type', type: 'picklist' },
  lead_source: { field: 'LeadSource', type: 'picklist' },
  stage: { field: 'StageName', type: 'picklist' },
  forecast: { field: 'ForecastCategoryName', type: 'picklist' },
  probability: { field: 'Probability', type: 'percent' },
  close_date: { field: 'CloseDate', type: 'date' },
};

const FIELDS: Readonly<Record<string, Readonly<Record<string, OrgField>>>> = { lead: LEAD, opportunity: OPPORTUNITY };

export const standardField = (entity: string, field: string): OrgField | undefined => FIELDS[entity]?.[field];

/** The standard field of an API name. */
export const standardNamed = (entity: string, name: string): OrgField | undefined => Object.values(FIELDS[entity] ?? {}).find(({ field }) => field === name);
