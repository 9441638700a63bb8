/** Where a decision lies: a segment's file and the byte at which its record begins. */
export interface Place {
  readonly segment: string;
  readonly at: number;
}

export interface Indexed extends Place {
  /** The decision's. */
  readonly id: string;
  /** When it was made, ms. */
  readonly time: number;
}

/** Places of decisions by id and by subject, in memory: some 160 bytes a decision. */
export interface Places {
  add(subject: string, place: Indexed): void;
  byId(id: string): Indexed | undefined;
  /** In the order in which they were added. */
  ofSubject(subject: string): readonly Indexed[];
  /** Forgets those of some segments. */
  drop(segments: ReadonlySet<string>): void;
}

export function createPlaces(): Places {
  const ids = new Map<string, Indexed>();
  const subjects = new Map<string, Indexed[]>();
  return {
    add(subject, place) {
      ids.set(place.id, place);
      const places = subjects.get(subject);
      if (places === undefined) subjects.set(subject, [place]);
      else places.push(place);
    },
    byId: (id) => ids.get(id),
    ofSubject: (subject) => subjects.get(subject) ?? [],
    drop(segments) {
      for (const [id, place] of ids) if (segments.has(place.segment)) ids.delete(id);
      for (const [subject, places] of subjects) {
        const kept = places.filter((place) => !segments.has(place.segment));
        if (kept.length === 0) subjects.delete(subject);
        else if (kept.length < places.length) subjects.set(subject, kept);
      }
    },
  };
}
