export { DAY, HOUR, MINUTE, SECOND, systemClock, type Clock } from './clock.ts';
export { MAX_FIELD, openCsv, type CsvFile, type HeaderRow } from './csv-read.ts';
export { createCsvWriter, inertCell, type Cell, type CsvWriter } from './csv-write.ts';
export { Fault, quote, type FaultKind, type FaultParts } from './errors.ts';
export { fileFault, makeFolder, syncFolder, writeFileAtomic } from './files.ts';
export { canonicalJson, contentId, sha256, sha256Hex } from './hash.ts';
export { randomId } from './ids.ts';
export { exp, log, logit, pow2, sigmoid } from './maths.ts';
export { hash32, mix32, random, type Random } from './random.ts';
