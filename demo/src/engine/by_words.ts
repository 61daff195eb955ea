// The feed by shared words, for comparison: TF-IDF vectors of the descriptions, and the sum of those of what the person liked less
// those of what they did not. What most pages without a model could do.
import { splitWords } from "kinvec/search";
import { judgedItems, type ReadProfile } from "./profile_bytes.ts";
import type { Ranked } from "./protocol.ts";

/** Weights by word, of length 1 together. */
type Vector = ReadonlyMap<string, number>;

const WEIGHTS: Record<string, number> = {
  view: 0.2,
  click: 0.4,
  like: 1,
  save: 1,
  describe: 1,
  dislike: -1,
  hide: -0.6,
};

const wordsOf = (text: string) => splitWords(text).map(({ term }) => term);

function dot(a: Vector, b: Vector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0);
  return sum;
}

export class WordTaste {
  readonly #vectors: Vector[];
  readonly #itemsWith = new Map<string, number>();
  readonly #numbers: ReadonlyMap<string, number>;

  /** @param texts all words of each item */
  constructor(ids: readonly string[], texts: readonly string[]) {
    this.#numbers = new Map(ids.map((id, item) => [id, item]));
    const words = texts.map(wordsOf);
    for (const list of words) {
      for (const word of new Set(list)) this.#itemsWith.set(word, (this.#itemsWith.get(word) ?? 0) + 1);
    }
    this.#vectors = words.map((list) => this.#vectorOf(list));
  }

  /** Items in the order of the words that they share with what the person liked; those that share none are left out. */
  rank({ profile }: ReadProfile, accepts: (item: number) => boolean): Ranked[] {
    const said = profile.events.flatMap((event, position) => {
      const item = event.kind === "describe" ? undefined : this.#numbers.get(String(event.item));
      const vector = event.kind === "describe" ? this.#vectorOf(wordsOf(event.text)) : this.#vectors[item ?? -1];
      return vector ? [{ position, vector, weight: WEIGHTS[event.kind] ?? 0 }] : [];
    });
    const judged = judgedItems(profile);
    const left = new Set(Array.from(judged, (id) => this.#numbers.get(String(id))));
    return this.#vectors
      .flatMap((vector, item) => {
        if (left.has(item) || !accepts(item)) return [];
        let [score, praise, most, because] = [0, 0, 0, -1];
        for (const each of said) {
          const share = each.weight * dot(each.vector, vector);
          score += share;
          praise += Math.max(0, share);
          if (share > most) [most, because] = [share, each.position];
        }
        return score > 0 ? [{ item, score, because, part: most / praise }] : [];
      })
      .toSorted((a, b) => b.score - a.score || a.item - b.item)
      .map(({ item, because, part }) => ({ item, because, part }));
  }

  #vectorOf(words: readonly string[]): Vector {
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    const weights = Array.from(counts, ([word, count]) => {
      const rarity = Math.log((1 + this.#numbers.size) / (1 + (this.#itemsWith.get(word) ?? this.#numbers.size)));
      return [word, (1 + Math.log(count)) * rarity] as const;
    });
    const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
    return new Map(weights.map(([word, weight]) => [word, weight / length]));
  }
}
