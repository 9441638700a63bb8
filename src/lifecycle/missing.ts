/**
 * Cells that mean "no value" in the files that people have: blanks, what databases and statistics packages write, and
 * the first entry of a form's picklist that nobody changed. Compared after trimming, in lower case.
 */
export const MISSING_MARKERS: readonly string[] = [
  ['', '-', '--', '?', '.'],
  ['na', 'n/a', '#n/a', 'n.a.', 'nan', 'null', '(null)', 'nil', 'none', '--none--', '-none-', 'undefined', '\\n'],
  ['select', '--select--', '-select-', '(select)', 'please select', 'select one', '(blank)', '[blank]'],
].flat();

/** Cells that leave a row without a label: stricter than for other columns, as `None` may well be an outcome. */
export const UNLABELLED: readonly string[] = ['', 'na', 'n/a', '#n/a', 'nan', 'null', '(null)'];
