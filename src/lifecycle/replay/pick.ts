/** Those at these places, one behind the other. */
export function pick<T extends Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array>(from: T, places: Int32Array, into: T): T {
  for (let i = 0; i < places.length; i++) into[i] = from[places[i]!]!;
  return into;
}
