export { openBucket, type Bucket, type BucketPlace, type Stored } from './bucket.ts';
export { isoDay } from './day.ts';
export { loadFeeds, type Feed, type Feeds } from './declaration.ts';
export { enter, isDelivered, withFile, withoutFile, withRefused, type DayRecord, type Delivery } from './delivery.ts';
export { fileDay, MARKER, statedRows } from './file-day.ts';
export { createFeedRows } from './rows.ts';
export type { Credentials } from './sign.ts';
export { alarmsOf, outstandingOf, statusOf, type Status } from './status.ts';
export { openFeedStore, type FeedStore } from './store.ts';
