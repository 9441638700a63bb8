import { random } from '../base/index.ts';
import { parseLeadId, userId } from './ids.ts';
import { drawProfile, type Profile, type Region } from './profile.ts';
import { firstName, lastName } from './words.ts';

export interface OrgOptions {
  seed: number;
  reps?: number;
  region?: Region;
}

export interface OrgUser {
  id: string;
  name: string;
  role: 'rep' | 'manager';
  /** The id of the manager whom a rep reports to. */
  manager?: string;
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
}

const TEAMS = 8;

export function org({ seed, reps = 24, region = 'us' }: OrgOptions): Org {
  const teams = Math.max(1, Math.min(TEAMS, reps));
  const users = [
    ...Array.from({ length: teams }, (_, i): OrgUser => ({ id: userId(101 + i), name: nameOf(seed, i, 'manager'), role: 'manager' })),
    ...Array.from({ length: reps }, (_, i): OrgUser => ({
      id: userId(1 + i), name: nameOf(seed, i, 'rep'), role: 'rep', manager: userId(101 + (i % teams)),
    })),
  ];
  return {
    users: () => structuredClone(users),
    lead(recordId) {
      const place = parseLeadId(recordId);
      if (place === undefined) return undefined;
      const { first, last, company, title, email, phone, street, source, industry, country } = profileOf(seed, region, place.day, place.index);
      return { id: recordId, name: `${first} ${last}`, first, last, company, title, email, phone, street, source, industry, country };
    },
  };
}

/** Who the lead is that came in on a day under a number. */
export const profileOf = (seed: number, region: Region, day: number, index: number): Profile =>
  drawProfile(random(seed).fork(`who ${day} ${index}`), region);

function nameOf(seed: number, index: number, role: string): string {
  const stream = random(seed).fork(`${role} ${index}`);
  return `${firstName(stream)} ${lastName(stream)}`;
}
