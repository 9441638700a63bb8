import { conformance } from '../conformance.ts';
import { memoryLog } from './log.ts';

conformance('memory', (clock) => memoryLog({ clock }));
