/** A CloudEvent as a source sends it: outside ids, personal data and all. */
export interface RawEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  /** What the record is, where the type leaves that open. */
  subjectkind?: string;
  /** ISO 8601. */
  time: string;
  data: Record<string, string | number | boolean | null>;
}
