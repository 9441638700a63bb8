import { listsConformance } from '../conformance-lists.ts';
import { stateConformance } from '../conformance.ts';
import { LEAD_FEATURES } from '../defaults/index.ts';
import { openMemoryState } from './state.ts';

stateConformance('memory', { fresh: () => openMemoryState({ features: LEAD_FEATURES }) });
listsConformance('memory', { fresh: () => openMemoryState({ features: LEAD_FEATURES }) });
