export { createChangeMapper, type ChangeMapper, type ChangeMapperOptions } from './change.ts';
export type { Change } from './change-result.ts';
export { columnsRead, requireColumn } from './columns.ts';
export { readElsewhere } from './filled.ts';
export type { Mapping, ObjectMapping, Source } from './mapping.ts';
export { createPreview, type Counted } from './preview.ts';
export { readRates, type Rates } from './rates.ts';
export { loadMapping, readMapping } from './read.ts';
export { createRowMapper, type Mapped, type Told } from './rows.ts';
