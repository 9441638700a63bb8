const EMAIL = /[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}/iu;
const PHONE = /\+\d[\d ()./-]{6,}\d/u;

/** True when a text holds an e-mail address or an international telephone number, where a category should be. */
export function looksPersonal(text: string): boolean {
  return EMAIL.test(text) || PHONE.test(text);
}
