// kinvec/recommend: recommendations for one person, on their machine. It brings no binary: it works on any index of
// kinvec/search, the same in a page and in Node.js.

export type { ItemIndex, ItemText, Popularity } from "./catalogue.ts";
export {
  type Description,
  EVENT_KINDS,
  type EventChange,
  type EventKind,
  type ItemEvent,
  type NewEvent,
  type ProfileEvent,
} from "./events.ts";
export type {
  ExplainOptions,
  InterestOptions,
  RecommenderOptions,
  RecommendOptions,
  StarterOptions,
} from "./options.ts";
export { Profile, type ProfileOptions } from "./profile.ts";
export type { ProfileJson } from "./profile_json.ts";
export { type InterestSummary, type Recommendation, Recommender } from "./recommender.ts";
export type { Share } from "./taste.ts";
