/** Coarseners make of a personal value a class that many people share. Null where nothing can be said. */
export const coarseners = {
  seniority,
  email_domain_class: emailDomainClass,
} satisfies Record<string, (value: string) => string | null>;

export type CoarsenerName = keyof typeof coarseners;

const words = (text: string): RegExp => new RegExp(`\\b(${text.split(', ').join('|')})\\b`, 'u');

const SENIORITY: readonly (readonly [rung: string, RegExp])[] = [
  ['c_level', words('c[efimorst]o, chief, founder, owner, president, managing director, partner, geschäftsführer\\w*')],
  ['vp', words('s?vp, evp')],
  ['director', words('director, head, leiter\\w*, directeur, directrice')],
  ['manager', words('manager, lead, supervisor, team ?lead\\w*, principal')],
  ['staff', words('engineer, analyst, developer, consultant, specialist, coordinator, associate, assistant')],
  ['staff', words('administrator, buyer, architect, scientist, representative')],
];

/** A job title as a rung: `c_level`, `vp`, `director`, `manager`, `staff` or `other`. */
export function seniority(title: string): string | null {
  const text = title.trim().toLowerCase();
  if (text === '') return null;
  if (/\bvice[- ]president\b/u.test(text)) return 'vp';
  return SENIORITY.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}

/** Where anybody gets an address. */
export const FREEMAIL: ReadonlySet<string> = new Set([
  'gmail.com', 'googlemail.com', 'yahoo.com', 'yahoo.co.uk', 'yahoo.fr', 'yahoo.de', 'hotmail.com', 'hotmail.co.uk',
  'hotmail.fr', 'outlook.com', 'live.com', 'msn.com', 'aol.com', 'icloud.com', 'me.com', 'proton.me', 'protonmail.com',
  'gmx.de', 'gmx.net', 'gmx.at', 'web.de', 't-online.de', 'mail.ru', 'yandex.ru', 'qq.com', '163.com', 'orange.fr',
  'free.fr', 'libero.it', 'zoho.com', 'mail.com', 'fastmail.com',
]);

/** Whose domain an e-mail address is under: `corporate`, `freemail`, `education` or `government`. */
export function emailDomainClass(email: string): string | null {
  const domain = /^[^\s@]+@([^\s@]+\.[^\s@.]+)$/u.exec(email.trim().toLowerCase())?.[1];
  if (domain === undefined) return null;
  if (FREEMAIL.has(domain)) return 'freemail';
  if (/(^|\.)(edu|edu\.[a-z]{2}|ac\.[a-z]{2})$/u.test(domain) || /(^|\.)uni-[a-z-]+\.[a-z]+$/u.test(domain))
    return 'education';
  if (/(^|\.)(gov|mil|gov\.[a-z]{2}|gouv\.fr|gob\.[a-z]{2}|bund\.de|europa\.eu)$/u.test(domain)) return 'government';
  return 'corporate';
}
