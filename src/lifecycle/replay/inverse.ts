/** Where each row went, of an order that says which row stands where. */
export function inverseOf(order: Int32Array): Int32Array<ArrayBuffer> {
  const places = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) places[order[i]!] = i;
  return places;
}
