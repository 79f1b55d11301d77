/** What the page reads of the API's answers. */

export interface Page<T> { items: T[]; next: string | null }
export interface Named { id: string; name: string }

export interface Me { name: string | null; email: string | null; operator: boolean; units: MyUnit[] }
export interface MyUnit {
  slug: string;
  name: string;
  personId: string;
  personName: string;
  guest: boolean;
  roles: string[];
  programmeRoles: { programme: string; programmeName: string; role: string }[];
}

export type ProgrammeState = 'draft' | 'open' | 'closed';
export interface ProgrammeLine { id: string; slug: string; name: string; state: ProgrammeState; direction: string; gap: string | null }
export interface Programme {
  slug: string;
  name: string;
  purpose: string | null;
  state: ProgrammeState;
  template: string | null;
  direction: string;
  gap: { sentence: string | null; area: string | null; topics: string[]; strategicPriority: string | null };
  length: string;
  booking: string;
  k: number;
  measures: { name: string; instrument: string; side: string | null; baseline: number | null; target: number | null }[];
  matching: { sameChainAtDistance: number | null };
  waves: { name: string; unlocked: boolean; unlockedWhy: string | null; lockedBecause: string | null }[];
  expansion: { done: { at: string; overrideReason: string | null }[] };
}

/** What matching sees of somebody, and nothing else. */
export interface Snapshot {
  stage: string;
  unitPath: string;
  location: string | null;
  timeZone: string;
  languages: string[];
  offers: SnapshotTopic[];
  needs: SnapshotTopic[];
  interests: string[];
  channels: string[];
  dayStartsAt: string;
  dayEndsAt: string;
  consentsToSameChain: boolean;
  grade: number | null;
  workingStyle: string[] | null;
  livedExperience: string[] | null;
}
export interface SnapshotTopic { label: string; level: number; priority: boolean }
export interface Disclosure { whom: string; words: string }

export interface Enrolment {
  id: string;
  programme: string;
  programmeName: string;
  side: Side;
  as: string;
  state: 'active' | 'waiting' | 'paused' | 'withdrawn';
  remaining: string[];
  snapshot: Snapshot;
  shownTo: Disclosure[];
  waiting: { position: number; words: string } | null;
}

export interface Proposal {
  id: string;
  programmeName: string;
  other: { name: string; title: string | null } | null;
  state: 'open' | 'waiting' | 'accepted' | 'not-proceeding';
  askedAs: Side;
  respondBy: string | null;
  gains: string;
  gives: string;
  reason: string;
  confirmationNeeded: boolean;
}

/** All there is to know before answering. */
export interface ProposalInFull {
  points: { criterion: string; points: number; words: string }[];
  brings: Topic[];
  learns: Topic[];
  gap: string | null;
  sessionMinutes: number;
  moreTime: boolean;
}

export interface Topic { topic: string; label: string; level: number }

export type Side = 'mentor' | 'mentee';

export interface Agenda {
  points: { text: string; by: Side }[];
  version: number;
  agreedByMe: boolean;
  agreedByOther: boolean;
  open: boolean;
  starters: string[];
  etag: string;
}

export interface Note { text: string; writtenAt: string | null; etag: string }

export interface Pair {
  id: string;
  mentor: Named;
  mentee: Named;
  wave: string;
  topics: { topic: string; label: string; level: number }[];
  reason: string;
  attention: string | null;
}

export interface Partnership {
  id: string;
  programme: string | null;
  programmeName: string | null;
  as: Side;
  mentor: Named;
  mentee: Named;
  topics: string[];
  reason: string;
  state: 'forming' | 'active' | 'ended';
  waitingFor: string[];
  nextSession: { id: string; startsAt: string; channel: string; place: string | null } | null;
  continuation: { answer: 'yes' | 'no' | null; until: string } | null;
}

/** A pair one books for. */
export interface Delegated { id: string; mentor: Named; mentee: Named; state: 'forming' | 'active' }

/** What the two agree on; all of it is sent back with a change. */
export interface CharterText {
  clauses: { name: string; title: string; text: string }[];
  gap: string | null;
  measure: string | null;
  goals: Record<Side, { text: string; measure: string | null }>;
  cadence: Record<string, string>;
  places: string[];
  confidentiality: string;
}
export interface Charter extends CharterText {
  version: number;
  needsGap: boolean;
  signedByMe: boolean;
  signedByOther: boolean;
  reviewAt: string | null;
  etag: string;
}

/** A version of a charter; `writtenBy` is null for the suggestion it began with. */
export interface CharterVersion {
  version: number;
  writtenBy: Side | null;
  writtenAt: string | null;
  signedByMentor: boolean;
  signedByMentee: boolean;
  current: boolean;
}
export interface CharterVersionInFull extends CharterVersion {
  text: CharterText;
  /** Against the version before; null where there is none. */
  differences: { part: string; substance: boolean; before: string | null; after: string | null }[] | null;
}

export interface Slot { startsAt: string; endsAt: string; channel: string | null; inconvenience: Record<Side, number> }
export interface Series { state: 'none' | 'proposed' | 'booked'; slots: Slot[]; inconvenience: Record<Side, number> }

export interface Session {
  id: string;
  partnershipId: string;
  mentorId: string;
  menteeId: string;
  startsAt: string;
  endsAt: string;
  channel: string;
  place: string | null;
  state: 'booked' | 'held' | 'cancelled' | 'missed' | 'not-held';
  heldSaidBy: Side | null;
  objectUntil: string | null;
  closing: boolean;
}

/** Wall-clock times in the zone; to `00:00` is to the end of the day. */
export interface Availability {
  timeZone: string;
  weekly: { day: string; from: string; to: string }[];
  minimumNotice: string;
  exceptions: { date: string; reason: string | null; from: string | null; to: string | null; offered: boolean }[];
  preferences: { times: { from: string; to: string }[]; channels: string[]; ways: { minutes: number; place: string | null }[] };
  isDefault: boolean;
}

export interface Calendar {
  id: string;
  name: string;
  kind: 'busy' | 'rota';
  host: string;
  ending: string;
  state: 'waiting' | 'read' | 'failing';
  readAt: string | null;
  nextAt: string;
  times: number;
  leftOut: number;
  trouble: Trouble | null;
  account: { address: string; entered: number; waiting: number; givenUp: number; trouble: Trouble | null } | null;
}

export interface Trouble { code: string; detail: string; since: string }

/** The calendar of one's own account with a provider that is connected with the platform. */
export interface CalendarAccount { provider: 'microsoft' | 'google' | null; address: string | null; calendarId: string | null }

export type MomentumLevel = 'thriving' | 'steady' | 'slipping' | 'stalled';
export interface Trend {
  points: ({ at: string; pairs: number | null } & Record<MomentumLevel, number | null>)[];
  figures: { held: number; cancelledByMentee: number; cancelledByMentor: number; missedByMentee: number; daysToFirstSession: number | null } | null;
}

export interface MomentumLine {
  partnershipId: string;
  mentor: Named;
  mentee: Named;
  momentum: MomentumLevel;
  reasons: string[];
  planned: number;
  held: number;
  cancelledByMentee: number;
  cancelledByMentor: number;
  missedByMentee: number;
  missedByMentor: number;
  alarm: string | null;
  wave: string;
  seriesUnconfirmed: boolean;
  daysToFirstSession: number | null;
}

export interface Board extends Page<BoardItem> { credibility: { due: number; inTime: number } }
export interface BoardItem {
  id: string;
  title: string;
  text: string;
  owner: Named | null;
  answer: 'done' | 'planned' | 'declined';
  answerText: string;
  effect: string;
  evidence: string | null;
  raisedOn: string;
  answeredOn: string;
  inTime: boolean;
}

export interface Letter {
  id: string;
  title: string;
  body: string;
  actions: { label: string; href: string }[];
  createdAt: string;
  readAt: string | null;
}
