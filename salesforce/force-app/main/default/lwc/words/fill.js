/** The text with `{0}`, `{1}`, … replaced by the values, as String.format does in Apex. */
export function fill(text, ...values) {
  return text.replace(/\{(\d+)\}/g, (slot, index) => (index in values ? String(values[index]) : slot));
}
