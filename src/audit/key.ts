/** The id and the subject, which the body of a record begins with: read without parsing the rest. Null for another body. */
export function keyOf(body: Uint8Array): { id: string; subject: string } | null {
  const start = new TextDecoder().decode(body.subarray(0, 160));
  const match = /^\{"id":"(?<id>[^"\\]+)","subject":"(?<subject>[^"\\]+)"/.exec(start)?.groups;
  return match === undefined ? null : { id: match['id']!, subject: match['subject']! };
}
