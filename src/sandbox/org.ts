import { random } from '../base/index.ts';
import { parseLeadId, parseOpportunityId, userId } from './ids.ts';
import { PRODUCTS, territoriesOf } from './market.ts';
import { profileOf, type Profile } from './profile.ts';
import { firstName, lastName } from './words.ts';
import { expansion } from './world/deal.ts';
import type { Scene } from './world/scene.ts';
import { leavesAt } from './world/staff.ts';

export interface OrgUser {
  id: string;
  name: string;
  role: 'rep' | 'manager';
  /** The id of the manager whom a rep reports to. */
  manager?: string;
  /** Where the user sells. */
  territories: string[];
  /** When the user leaves, ms; Infinity: not. */
  leaves: number;
}

/** What a Salesforce page shows of a lead. */
export type OrgLead = Pick<Profile, 'first' | 'last' | 'company' | 'title' | 'email' | 'phone' | 'street' | 'source' | 'industry' | 'country'> & {
  id: string;
  name: string;
};

/** The simulated org's people, recomputed from the seed: leadrank itself keeps none of it. */
export interface Org {
  /** Managers first, then reps; eight teams, or as many as there are reps for. */
  users(): OrgUser[];
  /** Undefined when the id can not be one of this world's. */
  lead(recordId: string): OrgLead | undefined;
  /** The same of an opportunity. */
  deal(recordId: string): OrgDeal | undefined;
}

/** What a Salesforce page shows of an opportunity. */
export interface OrgDeal {
  id: string;
  name: string;
  company: string;
}

const TEAMS = 8;

export function orgOf(scene: Scene, reps: number): Org {
  const { seed } = scene;
  const teams = Math.max(1, Math.min(TEAMS, reps));
  const users = [
    ...Array.from({ length: teams }, (_, i): OrgUser => ({ id: userId(101 + i), name: nameOf(seed, i, 'manager'), role: 'manager', territories: [], leaves: Infinity })),
    ...Array.from({ length: reps }, (_, i): OrgUser => ({
      id: repId(i), name: nameOf(seed, i, 'rep'), role: 'rep', manager: userId(101 + (i % teams)), territories: sellsIn(scene, i), leaves: leavesAt(scene, i),
    })),
  ];
  return {
    users: () => structuredClone(users),
    lead(recordId) {
      const place = parseLeadId(recordId);
      if (place === undefined) return undefined;
      const { first, last, company, title, email, phone, street, source, industry, country } = profileOf(scene, place.day, place.index);
      return { id: recordId, name: `${first} ${last}`, first, last, company, title, email, phone, street, source, industry, country };
    },
    deal(recordId) {
      const place = parseOpportunityId(recordId);
      if (place === undefined) return undefined;
      const { day, index, of } = place;
      const number = of === 'lead' ? profileOf(scene, day, index).at.number : expansion(scene, day, index)?.company;
      if (number === undefined) return undefined;
      const company = scene.companies.at(number).name;
      return { id: recordId, name: `${company}, ${PRODUCTS[number % PRODUCTS.length]!}${of === 'lead' ? '' : ' (more)'}`, company };
    },
  };
}

/** A small team sells everywhere in its region; of a larger one each rep in two territories. */
function sellsIn({ region, reps }: Scene, rep: number): string[] {
  const all = territoriesOf(region);
  return reps < 4 * all.length ? all : [all[rep % all.length]!, all[(rep + 1) % all.length]!];
}

/** Reps come first up to a hundred, and after the managers beyond. */
export const repId = (index: number): string => userId(index < 100 ? 1 + index : 101 + index);

function nameOf(seed: number, index: number, role: string): string {
  const stream = random(seed).fork(`${role} ${index}`);
  return `${firstName(stream)} ${lastName(stream)}`;
}
