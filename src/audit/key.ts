export interface DecisionKey {
  readonly id: string;
  readonly subject: string;
  /** ms; 0 where it does not stand behind the user. */
  readonly time: number;
}

/** Id, subject and time, which the body of a record begins with: read without parsing the rest. Null for another body. */
export function keyOf(body: Uint8Array): DecisionKey | null {
  const start = new TextDecoder().decode(body.subarray(0, 200));
  const match = /^\{"id":"(?<id>[^"\\]+)","subject":"(?<subject>[^"\\]+)"(?:,"user":"[^"\\]*","time":(?<time>\d+))?/.exec(start)?.groups;
  return match === undefined ? null : { id: match['id']!, subject: match['subject']!, time: Number(match['time'] ?? 0) };
}
